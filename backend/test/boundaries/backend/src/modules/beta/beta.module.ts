import { Module } from '@nestjs/common';
import { BetaRepository } from './beta.repository.js';
import { BetaService } from './beta.service.js';

@Module({ providers: [BetaRepository, BetaService], exports: [BetaService] })
export class BetaModule {}
