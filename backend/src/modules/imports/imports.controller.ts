import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import { RouteLimits } from '../../common/http/route-limits.js';
import { limitUpTo } from '../../common/pagination.js';
import { type Actor, CurrentActor } from '../auth/actor.js';
import { AccessiblePatient, occasionOf, PatientAccess } from '../patients/patient-access.guard.js';
import type { AccessiblePatient as Patient } from '../patients/patient-access.service.js';
import { ImportAccepted, ImportAnswers, ImportPage, ImportReport } from './imports.schemas.js';
import { ImportsService } from './imports.service.js';

const ListQuery = z.object({ limit: limitUpTo(1_000), cursor: z.string().optional() });
type ListQuery = z.infer<typeof ListQuery>;

@ApiTags('imports')
@ApiBearerAuth()
@Controller()
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Post('patients/:patientId/imports')
  @RouteLimits({ time: 'unlimited' })
  @HttpCode(202)
  @PatientAccess('write')
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: { type: 'string', format: 'binary', description: 'A Dexcom Clarity or LibreView export (CSV).' },
        timeZone: { type: 'string', description: "IANA zone of the wearer's clock." },
        dateOrder: { type: 'string', enum: ['DMY', 'MDY'] },
      },
    },
  })
  @ApiAcceptedResponse({ standardSchema: ImportAccepted })
  createImport(
    @CurrentActor() actor: Actor,
    @AccessiblePatient() patient: Patient,
    @Req() request: FastifyRequest,
  ): Promise<{ id: string }> {
    return this.imports.receive(actor, patient.id, request);
  }

  @Get('patients/:patientId/imports')
  @PatientAccess('read')
  @ApiOkResponse({ standardSchema: ImportPage })
  listImports(
    @AccessiblePatient() patient: Patient,
    @Query({ schema: ListQuery }) { cursor, limit }: ListQuery,
  ): Promise<ImportPage> {
    return this.imports.list(patient.id, cursor, limit);
  }

  @Get('imports/:importId')
  @ApiOkResponse({ standardSchema: ImportReport })
  getImport(
    @CurrentActor() actor: Actor,
    @Param('importId') importId: string,
    @Req() request: FastifyRequest,
  ): Promise<ImportReport> {
    return this.imports.report(actor, importId, occasionOf(request));
  }

  @Post('imports/:importId/answers')
  @HttpCode(202)
  @ApiAcceptedResponse({ standardSchema: ImportAccepted })
  answerImport(
    @CurrentActor() actor: Actor,
    @Param('importId') importId: string,
    @Body({ schema: ImportAnswers }) answers: ImportAnswers,
    @Req() request: FastifyRequest,
  ): Promise<{ id: string }> {
    return this.imports.answer(actor, importId, answers, occasionOf(request));
  }

  @Post('imports/:importId/undo')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: ImportReport })
  undoImport(
    @CurrentActor() actor: Actor,
    @Param('importId') importId: string,
    @Req() request: FastifyRequest,
  ): Promise<ImportReport> {
    return this.imports.undo(actor, importId, occasionOf(request));
  }
}
