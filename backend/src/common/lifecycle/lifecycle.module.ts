import { Global, Module } from '@nestjs/common';
import { Drain } from './drain.js';
import { Liveness } from './liveness.js';

@Global()
@Module({ providers: [Drain, Liveness], exports: [Drain, Liveness] })
export class LifecycleModule {}
