import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Actor, CurrentActor } from '../auth/actor.js';
import { Panel, PanelQuery } from './panel.schema.js';
import { TriageService } from './triage.service.js';

@ApiTags('patients')
@ApiBearerAuth()
@Controller('patients')
export class TriageController {
  constructor(private readonly triage: TriageService) {}

  @Get()
  @ApiOkResponse({ standardSchema: Panel })
  listPatients(
    @CurrentActor() actor: Actor,
    @Query({ schema: PanelQuery }) query: PanelQuery,
    @Req() request: FastifyRequest,
  ): Promise<Panel> {
    return this.triage.panel(actor, query, request.id);
  }
}
