import { Processor } from '@nestjs/bullmq';
import { EvaluationService } from '../../alerts/evaluation.service.js';
import { QUEUES } from '../queue/jobs.js';
import { type JobHandlers, QueueProcessor, WORKER_OPTIONS } from './queue.processor.js';

@Processor('alerts', { ...QUEUES.alerts, ...WORKER_OPTIONS })
export class AlertsProcessor extends QueueProcessor<'alerts'> {
  readonly handlers: JobHandlers<'alerts'>;

  constructor(evaluation: EvaluationService) {
    super();
    this.handlers = {
      'alerts.evaluate': ({ patientIds }) => evaluation.evaluateAll(patientIds),
      'alerts.sweep': () => evaluation.sweep(),
    };
  }
}
