import { Processor } from '@nestjs/bullmq';
import { SoundBell } from '../../alerts/sound-bell.js';
import { DeliveryService } from '../../delivery/delivery.service.js';
import { HeartbeatService } from '../../heartbeat/heartbeat.service.js';
import { QUEUES } from '../queue/jobs.js';
import { type JobHandlers, QueueProcessor, WORKER_OPTIONS } from './queue.processor.js';

@Processor('deliveries', { ...QUEUES.deliveries, ...WORKER_OPTIONS })
export class DeliveriesProcessor extends QueueProcessor<'deliveries'> {
  readonly handlers: JobHandlers<'deliveries'>;

  constructor(delivery: DeliveryService, heartbeat: HeartbeatService, bell: SoundBell) {
    super();
    bell.answeredHere(() => delivery.begin());
    this.handlers = {
      'alerts.deliver': () => delivery.sweep(),
      'alerts.heartbeat': () => heartbeat.beat(),
    };
  }
}
