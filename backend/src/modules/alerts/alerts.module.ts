import { Module } from '@nestjs/common';
import { ReadingsModule } from '../readings/readings.module.js';
import { AlertTimeline } from './alert-timeline.js';
import { EpisodesRepository } from './episodes.repository.js';
import { EvaluationRepository } from './evaluation.repository.js';
import { EvaluationService } from './evaluation.service.js';
import { ListeningService } from './listening.service.js';

@Module({
  imports: [ReadingsModule],
  providers: [AlertTimeline, EpisodesRepository, EvaluationRepository, EvaluationService, ListeningService],
  exports: [AlertTimeline, EvaluationService],
})
export class AlertsModule {}
