import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { MlModule } from '../ml/ml.module.js';
import { ReadingsModule } from '../readings/readings.module.js';
import { NightWork } from './night-work.js';
import { NightsRepository } from './nights.repository.js';
import { NightsService } from './nights.service.js';

@Module({
  imports: [AlertsModule, MlModule, ReadingsModule],
  providers: [NightsService, NightWork, NightsRepository],
  exports: [NightsService],
})
export class NightsModule {}
