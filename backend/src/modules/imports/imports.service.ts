import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { DataSource } from 'typeorm';
import * as z from 'zod';
import { Clock } from '../../common/clock.js';
import { cutPage, decodeCursor } from '../../common/pagination.js';
import { isUuid } from '../../common/uuid.js';
import { Problem } from '../../common/problem.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import type { Actor } from '../auth/actor.js';
import { JobsService } from '../background/queue/jobs.service.js';
import type { AccessNeed } from '../patients/access.js';
import { type Occasion, PatientAccessService } from '../patients/patient-access.service.js';
import { ImportPartsRepository } from './import-parts.repository.js';
import { ImportRunner } from './import-runner.js';
import { ImportUndo } from './import-undo.js';
import { type ImportState, toReport, toSummary } from './import-state.js';
import { ImportsRepository } from './imports.repository.js';
import type { ImportAnswers, ImportPage, ImportReport, UploadFields } from './imports.schemas.js';
import { removeAbandonedUploads, type Upload, withUpload } from './upload.js';

const Cursor = z.tuple([z.iso.datetime()]);

/** A job that is on its queue takes no harm from being asked for twice, so this may be short. */
const FORGOTTEN_MS = 5_000;

/** Takes export files in and tells what became of them. */
@Injectable()
export class ImportsService implements OnApplicationBootstrap {
  private readonly folder: string;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly imports: ImportsRepository,
    private readonly parts: ImportPartsRepository,
    private readonly runner: ImportRunner,
    private readonly undoing: ImportUndo,
    private readonly jobs: JobsService,
    private readonly access: PatientAccessService,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.folder = join(resolve(environment.DATA_DIR), 'uploads');
  }

  async onApplicationBootstrap(): Promise<void> {
    await removeAbandonedUploads(this.folder, this.clock.now());
  }

  /** Stores the file of a multipart request and queues its import. */
  async receive(actor: Actor, patientId: string, request: FastifyRequest): Promise<{ id: string }> {
    return withUpload(request, this.folder, async (upload) => {
      const { id } = await this.store(patientId, actor.userId, upload);
      await this.enqueueNowOrLater(id, 1);
      return { id };
    });
  }

  /** Imports a file on this machine at once. One that asks something leaves nothing: it is imported again with the answer. */
  async importFile(patientId: string, path: string, fields: UploadFields = {}): Promise<ImportReport> {
    await this.demandPatient(patientId);
    const hash = createHash('sha256');
    let byteSize = 0;
    for await (const chunk of createReadStream(path)) {
      hash.update(chunk);
      byteSize += chunk.length;
    }
    const key = await this.store(patientId, null, { path, sha256: hash.digest(), byteSize, fields });
    await this.runner.run(key.id);
    const state = await this.imports.find(key.id);
    if (!state) throw new Problem('NOT_FOUND');
    if (state.status === 'needs-input') await this.imports.remove(key);
    return toReport(state);
  }

  async report(actor: Actor, importId: string, occasion: Occasion): Promise<ImportReport> {
    return toReport(await this.findFor(actor, importId, 'read', occasion));
  }

  async list(patientId: string, cursor: string | undefined, limit: number): Promise<ImportPage> {
    const after = decodeCursor(cursor, Cursor)?.[0] ?? null;
    const rows = await this.imports.page(patientId, after, limit + 1);
    const { items, nextCursor } = cutPage(rows, limit, (last) => [last.createdAt.toISOString()]);
    return { items: items.map(toSummary), nextCursor };
  }

  /** Continues an import that has asked something. */
  async answer(actor: Actor, importId: string, answers: ImportAnswers, occasion: Occasion): Promise<{ id: string }> {
    const state = await this.findFor(actor, importId, 'write', occasion);
    const { dateOrder = null, timeZone = null } = answers;
    const run = await this.imports.answer(state, { dateOrder, timeZone });
    if (run === null) throw new Problem('CONFLICT', 'This import is not waiting for an answer.');
    await this.enqueueNowOrLater(state.id, run);
    return { id: state.id };
  }

  /** Takes back what an import brought; what others had brought before it stays. The later of two that overlap goes first. */
  async undo(actor: Actor, importId: string, occasion: Occasion): Promise<ImportReport> {
    const state = await this.findFor(actor, importId, 'write', occasion);
    if (state.status !== 'done') throw new Problem('CONFLICT', 'Only an import that has ended can be taken back.');
    await this.undoing.undo(state);
    return toReport((await this.imports.find(importId)) ?? state);
  }

  /**
   * Asks again for imports whose job never reached the queue or was lost with it. Where the job is still known this
   * does nothing.
   */
  async resumeForgotten(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - FORGOTTEN_MS);
    for (const { id, runs } of await this.imports.unfinishedBefore(before))
      await this.jobs.enqueue('imports.run', { importId: id }, jobIdOf(id, runs));
  }

  private async demandPatient(patientId: string): Promise<void> {
    const rows = isUuid(patientId)
      ? await this.dataSource.query<unknown[]>('SELECT FROM patients WHERE id = $1', [patientId])
      : [];
    if (rows.length === 0) throw new Problem('PATIENT_NOT_FOUND');
  }

  private async store(
    patientId: string,
    createdBy: string | null,
    upload: Upload,
  ): Promise<{ id: string; patientId: string }> {
    const key = { id: randomUUID(), patientId };
    const { sha256, byteSize, fields, path } = upload;
    const { timeZone = null, dateOrder = null } = fields;
    await this.dataSource.transaction(async (manager) => {
      const createdAt = this.clock.now();
      await this.imports.insert(manager, { ...key, createdBy, createdAt, sha256, byteSize, timeZone, dateOrder });
      await this.parts.store(manager, key, path);
    });
    return key;
  }

  /** An import that is stored is accepted: where the queue is away, it is asked for again later. */
  private enqueueNowOrLater(importId: string, run: number): Promise<void> {
    return this.jobs.enqueueNowOrLater('imports.run', { importId }, jobIdOf(importId, run));
  }

  /** An import that the caller may not see is answered like one that does not exist. */
  private async findFor(actor: Actor, importId: string, need: AccessNeed, occasion: Occasion): Promise<ImportState> {
    const state = isUuid(importId) ? await this.imports.find(importId) : null;
    if (!state) throw noSuchImport();
    // The page asks each second how far it is; the report of one that has ended is another look.
    const repeats = `${state.id} ${state.status}`;
    await this.access.authoriseFor(actor, state, need, { ...occasion, repeats }, noSuchImport);
    return state;
  }
}

/** A job id is good for one job, so each run has its own. */
const jobIdOf = (importId: string, run: number): string => `${importId}-${run}`;

const noSuchImport = (): Problem => new Problem('NOT_FOUND', 'There is no such import.');
