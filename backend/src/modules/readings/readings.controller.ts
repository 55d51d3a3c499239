import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { describedBody } from '../../common/described-body.js';
import { BULK_BODY_BYTES, RouteLimits } from '../../common/http/route-limits.js';
import { Problem } from '../../common/problem.js';
import { type Actor, CurrentActor } from '../auth/actor.js';
import { AccessiblePatient, PatientAccess } from '../patients/patient-access.guard.js';
import type { AccessiblePatient as Patient } from '../patients/patient-access.service.js';
import { parseReading } from './reading-parser.js';
import { isFault } from './reading.js';
import { ReadingsListService } from './readings-list.service.js';
import {
  MAX_READINGS,
  Reading,
  ReadingsAnswer,
  ReadingsPage,
  ReadingsQuery,
  type ReadingsReport,
  ReadingsRequest,
} from './readings.schemas.js';
import { ReadingsService } from './readings.service.js';
import { toReading } from './reading-wire.js';

@ApiTags('readings')
@ApiBearerAuth()
@Controller('patients/:patientId/readings')
export class ReadingsController {
  constructor(
    private readonly readings: ReadingsService,
    private readonly list: ReadingsListService,
  ) {}

  /** One reading: 201 when it is new, 200 when it is known. Many: 200 and what became of each. */
  @Post()
  @RouteLimits({ bodyBytes: BULK_BODY_BYTES })
  @PatientAccess('write')
  @ApiCreatedResponse({ standardSchema: Reading })
  @ApiOkResponse({ standardSchema: ReadingsAnswer })
  async addReadings(
    @AccessiblePatient() patient: Patient,
    @CurrentActor() actor: Actor,
    @Body({ schema: describedBody(ReadingsRequest) }) body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReadingsAnswer> {
    const source = `api:${actor.userId}`;
    if (typeof body === 'object' && body !== null && 'readings' in body) {
      reply.status(200);
      return this.addMany(patient.id, source, body.readings);
    }
    const { reading, isNew } = await this.addOne(patient.id, source, body);
    reply.status(isNew ? 201 : 200);
    return reading;
  }

  @Get()
  @PatientAccess('read')
  @ApiOkResponse({ standardSchema: ReadingsPage })
  listReadings(
    @AccessiblePatient() patient: Patient,
    @Query({ schema: ReadingsQuery }) query: ReadingsQuery,
  ): Promise<ReadingsPage> {
    return this.list.page(patient.id, query);
  }

  private async addMany(patientId: string, source: string, rows: unknown): Promise<ReadingsReport> {
    if (!Array.isArray(rows)) {
      throw new Problem('INVALID_INPUT', 'Some fields are missing or not valid.', [
        { path: 'readings', code: 'INVALID_ROW', message: 'readings is a list.' },
      ]);
    }
    if (rows.length > MAX_READINGS) {
      throw new Problem('PAYLOAD_TOO_LARGE', `A request carries at most ${MAX_READINGS} readings.`);
    }
    const { accepted, known, rejected } = await this.readings.ingest(patientId, source, rows.map(parseReading));
    return { accepted, known, rejected: rejected.map(({ index, code, message }) => ({ index, code, message })) };
  }

  private async addOne(patientId: string, source: string, row: unknown): Promise<{ reading: Reading; isNew: boolean }> {
    const parsed = parseReading(row);
    const { accepted, rejected } = await this.readings.ingest(patientId, source, [parsed]);
    const [fault] = rejected;
    if (fault || isFault(parsed)) {
      const { field = '', code = 'INVALID_ROW', message = '' } = fault ?? {};
      throw new Problem('INVALID_INPUT', 'The reading was not stored.', [{ path: field, code, message }]);
    }
    return { reading: toReading(parsed, parsed.source ?? source), isNew: accepted === 1 };
  }
}
