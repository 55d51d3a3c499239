import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { describedBody } from '../../common/described-body.js';
import { BULK_BODY_BYTES, RouteLimits } from '../../common/http/route-limits.js';
import { Problem } from '../../common/problem.js';
import { AccessiblePatient, PatientAccess } from '../patients/patient-access.guard.js';
import type { AccessiblePatient as Patient } from '../patients/patient-access.service.js';
import { RecordKind } from './record-kinds.js';
import { parseRecord } from './record-parser.js';
import {
  MAX_RECORDS,
  PatientRecord,
  RecordsAnswer,
  RecordsPage,
  RecordsQuery,
  type RecordsReport,
  RecordsRequest,
} from './records.schemas.js';
import { RecordsService, toRecord } from './records.service.js';

/** An unknown kind is a path that does not exist. */
function kindOf(name: string): RecordKind {
  const kind = RecordKind.safeParse(name);
  if (!kind.success) throw new Problem('NOT_FOUND');
  return kind.data;
}

@ApiTags('records')
@ApiBearerAuth()
@Controller('patients/:patientId/records/:kind')
export class RecordsController {
  constructor(private readonly records: RecordsService) {}

  /** One record: 201 when it is new, 200 when it is known. Many: 200 and what became of each. */
  @Post()
  @RouteLimits({ bodyBytes: BULK_BODY_BYTES })
  @PatientAccess('write')
  @ApiCreatedResponse({ standardSchema: PatientRecord })
  @ApiOkResponse({ standardSchema: RecordsAnswer })
  async addRecords(
    @AccessiblePatient() patient: Patient,
    @Param('kind', { schema: describedBody(RecordKind) }) kind: string,
    @Body({ schema: describedBody(RecordsRequest) }) body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordsAnswer> {
    if (typeof body === 'object' && body !== null && 'records' in body) {
      reply.status(200);
      return this.addMany(patient.id, kindOf(kind), body.records);
    }
    const { record, isNew } = await this.addOne(patient.id, kindOf(kind), body);
    reply.status(isNew ? 201 : 200);
    return record;
  }

  @Get()
  @PatientAccess('read')
  @ApiOkResponse({ standardSchema: RecordsPage })
  listRecords(
    @AccessiblePatient() patient: Patient,
    @Param('kind', { schema: describedBody(RecordKind) }) kind: string,
    @Query({ schema: RecordsQuery }) query: RecordsQuery,
  ): Promise<RecordsPage> {
    return this.records.page(patient.id, kindOf(kind), query);
  }

  @Delete(':clientId')
  @PatientAccess('write')
  @HttpCode(204)
  @ApiNoContentResponse()
  deleteRecord(
    @AccessiblePatient() patient: Patient,
    @Param('kind', { schema: describedBody(RecordKind) }) kind: string,
    @Param('clientId') clientId: string,
  ): Promise<void> {
    return this.records.delete(patient.id, kindOf(kind), clientId);
  }

  private async addMany(patientId: string, kind: RecordKind, rows: unknown): Promise<RecordsReport> {
    if (!Array.isArray(rows)) {
      throw new Problem('INVALID_INPUT', 'Some fields are missing or not valid.', [
        { path: 'records', code: 'INVALID_ROW', message: 'records is a list.' },
      ]);
    }
    if (rows.length > MAX_RECORDS) {
      throw new Problem('PAYLOAD_TOO_LARGE', `A request carries at most ${MAX_RECORDS} records.`);
    }
    const { accepted, known, rejected } = await this.records.storeRows(patientId, kind, rows);
    return { accepted, known, rejected: rejected.map(({ index, code, message }) => ({ index, code, message })) };
  }

  private async addOne(patientId: string, kind: RecordKind, row: unknown) {
    const { accepted, rejected } = await this.records.storeRows(patientId, kind, [row]);
    const parsed = parseRecord(kind, row);
    const [fault] = rejected;
    if (fault || 'faults' in parsed) {
      throw new Problem('INVALID_INPUT', 'The record was not stored.', fault?.faults ?? []);
    }
    return { record: toRecord(kind, parsed.record), isNew: accepted === 1 };
  }
}
