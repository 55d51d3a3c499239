import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';

/** Rows under one seal. Bounds what a verification holds in memory. */
const SEAL_EVENTS = 5_000;

/** How often, and at what distance, sealing looks whether the writers of the newest rows are done. */
const HORIZON_CHECKS = 20;
const HORIZON_PAUSE_MS = 100;

/** Keeps two processes from sealing the same rows; any number that nothing else uses. */
const SEALING_LOCK = 4_712_026_002;

const BEGINNING = Buffer.alloc(32);

export interface Verification {
  /** Whether every sealed row is still there, in its place and unchanged. */
  readonly intact: boolean;
  /** The first rows that are not what was sealed. */
  readonly brokenAt: { readonly fromId: string; readonly toId: string } | null;
  readonly sealedEvents: number;
  readonly unsealedEvents: number;
}

/** One row as it is hashed: an array in a fixed order, instants as microseconds, so that no setting changes its bytes. */
const SERIALISED = `
  jsonb_build_array(id, (extract(epoch FROM at) * 1000000)::bigint, actor_user_id, patient_ids, action, request_id)::text`;

/**
 * The audit log's hash chain. Rows are written without it, so that readers do not queue behind each other; sealing
 * comes after and covers rows in the order of their numbers, each seal including the one before.
 */
@Injectable()
export class AuditSealsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly logger: PinoLogger,
  ) {}

  /** Seals what is complete and answers how many rows that were. */
  async seal(): Promise<number> {
    const horizon = await this.completeThrough();
    if (horizon === null) return 0;
    let sealed = 0;
    for (;;) {
      const events = await this.sealNext(horizon);
      sealed += events;
      if (events < SEAL_EVENTS) return sealed;
    }
  }

  /** Recomputes every seal from the rows as they are now. */
  async verify(): Promise<Verification> {
    const seals: SealRow[] = await this.dataSource.query(
      'SELECT from_id, to_id, events, previous_hash, hash FROM audit_seals ORDER BY from_id',
    );
    let previous: SealRow | null = null;
    let sealedEvents = 0;
    for (const seal of seals) {
      const rows = await this.serialised(seal.from_id, seal.to_id, SEAL_EVENTS + 1);
      const follows = previous
        ? BigInt(seal.from_id) === BigInt(previous.to_id) + 1n && seal.previous_hash.equals(previous.hash)
        : seal.from_id === '1' && seal.previous_hash.equals(BEGINNING);
      if (!follows || rows.length !== seal.events || !seal.hash.equals(chain(seal.previous_hash, rows))) {
        const brokenAt = { fromId: seal.from_id, toId: seal.to_id };
        return { intact: false, brokenAt, sealedEvents, unsealedEvents: await this.countAfter(previous?.to_id ?? '0') };
      }
      sealedEvents += seal.events;
      previous = seal;
    }
    const unsealedEvents = await this.countAfter(previous?.to_id ?? '0');
    return { intact: true, brokenAt: null, sealedEvents, unsealedEvents };
  }

  /**
   * The number up to which no row can appear any more. A row has its transaction id before its number, so every row up to
   * the last number given out belongs to a transaction before the one that asks here; once all of those are over, the
   * range is complete. (The end of a snapshot would not do: a transaction that still runs may lie past it.) `null` where they take too long: the next run seals those rows.
   */
  private async completeThrough(): Promise<string | null> {
    const [last]: { id: string | null }[] = await this.dataSource.query(
      `SELECT pg_sequence_last_value(pg_get_serial_sequence('audit_events', 'id'))::text AS id`,
    );
    if (!last?.id) return null;
    const [next]: { xid: string }[] = await this.dataSource.query('SELECT pg_current_xact_id()::text AS xid');
    for (let check = 0; next && check < HORIZON_CHECKS; check++) {
      const [oldest]: { past: boolean }[] = await this.dataSource.query(
        'SELECT pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 AS past',
        [next.xid],
      );
      if (oldest?.past) return last.id;
      await pause(HORIZON_PAUSE_MS);
    }
    return null;
  }

  private async sealNext(horizon: string): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [SEALING_LOCK]);
      const [previous]: Pick<SealRow, 'to_id' | 'hash'>[] = await manager.query(
        'SELECT to_id, hash FROM audit_seals ORDER BY from_id DESC LIMIT 1',
      );
      const fromId = previous ? String(BigInt(previous.to_id) + 1n) : '1';
      const rows = await this.serialised(fromId, horizon, SEAL_EVENTS);
      const last = rows.at(-1);
      if (!last) return 0;
      const previousHash = previous?.hash ?? BEGINNING;
      const hash = chain(previousHash, rows);
      await manager.query(
        `INSERT INTO audit_seals (from_id, to_id, events, previous_hash, hash, sealed_at) VALUES ($1, $2, $3, $4, $5, $6)`,
        [fromId, last.id, rows.length, previousHash, hash, this.clock.now()],
      );
      // Outside the database, too: whoever could rewrite all seals could not rewrite the logs that left the machine.
      this.logger.info({ sealedThrough: last.id, hash: hash.toString('hex') }, 'audit log sealed');
      return rows.length;
    });
  }

  private serialised(fromId: string, toId: string, limit: number): Promise<SerialisedRow[]> {
    return this.dataSource.query(
      `SELECT id, ${SERIALISED} AS text FROM audit_events WHERE id BETWEEN $1 AND $2 ORDER BY id LIMIT $3`,
      [fromId, toId, limit],
    );
  }

  private async countAfter(id: string): Promise<number> {
    const [found]: { n: number }[] = await this.dataSource.query(
      'SELECT count(*)::int AS n FROM audit_events WHERE id > $1',
      [id],
    );
    return found?.n ?? 0;
  }
}

interface SealRow {
  readonly from_id: string;
  readonly to_id: string;
  readonly events: number;
  readonly previous_hash: Buffer;
  readonly hash: Buffer;
}

interface SerialisedRow {
  readonly id: string;
  readonly text: string;
}

function chain(previousHash: Buffer, rows: readonly SerialisedRow[]): Buffer {
  const hash = createHash('sha256').update(previousHash);
  for (const row of rows) hash.update(row.text).update('\n');
  return hash.digest();
}
