import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { OutcomeClass } from '../channels/delivery-channel.js';
import { CODE_ATTEMPTS } from './channel-rows.js';

const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended('channel_code_mails', 0))`;

const FORGET = `DELETE FROM channel_code_mails WHERE at <= $1::timestamptz - interval '1 hour'`;

const COUNT = `
  SELECT (count(*) FILTER (WHERE user_id = $1))::int AS "byUser",
    (count(*) FILTER (WHERE address_hash = $2))::int AS "toAddress"
  FROM channel_code_mails WHERE at > $3::timestamptz - interval '1 hour' AND (user_id = $1 OR address_hash = $2)`;

const NOTE = 'INSERT INTO channel_code_mails (at, user_id, address_hash) VALUES ($3, $1, $2)';

const SET = `
  UPDATE alert_channels SET code_hash = $2, code_expires_at = $3, code_sent_at = $4, code_attempts = 0 WHERE id = $1`;

const NOTE_UNSENT = `
  UPDATE alert_channels SET code_sent_at = NULL, last_failure_at = $2, last_failure = $3,
    consecutive_failures = consecutive_failures + 1
  WHERE id = $1`;

/** Counts before it compares: tries that come at once are counted each. */
const TRY = `
  UPDATE alert_channels SET code_attempts = code_attempts + 1
  WHERE id = $1 AND code_attempts < ${CODE_ATTEMPTS} AND code_expires_at > $2 RETURNING code_hash AS hash`;

const VERIFY = `
  UPDATE alert_channels SET verified_at = $2, code_hash = NULL, code_expires_at = NULL, consecutive_failures = 0
  WHERE id = $1 AND verified_at IS NULL`;

/** Codes on their way to addresses, and how many went where. */
@Injectable()
export class ChannelCodesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** How many codes were mailed in the last hour. Whoever asks is alone until the transaction ends. */
  async mailedInTheLastHour(
    manager: EntityManager,
    userId: string,
    addressHash: Buffer,
    now: Date,
  ): Promise<{ byUser: number; toAddress: number }> {
    await manager.query(LOCK);
    await manager.query(FORGET, [now]);
    const [counts] = await manager.query<{ byUser: number; toAddress: number }[]>(COUNT, [userId, addressHash, now]);
    return counts ?? { byUser: 0, toAddress: 0 };
  }

  async noteMail(manager: EntityManager, userId: string, addressHash: Buffer, now: Date): Promise<void> {
    await manager.query(NOTE, [userId, addressHash, now]);
  }

  async set(
    manager: EntityManager,
    channelId: string,
    { hash, expiresAt, now }: { hash: Buffer; expiresAt: Date; now: Date },
  ): Promise<void> {
    await manager.query(SET, [channelId, hash, expiresAt, now]);
  }

  /** The mail could not be handed over: another code may be asked for at once. */
  async noteUnsent(channelId: string, outcome: OutcomeClass, now: Date): Promise<void> {
    await this.dataSource.query(NOTE_UNSENT, [channelId, now, outcome]);
  }

  /** Takes one of the tries a code has. `null` where none is left or its time is over. */
  async takeTry(channelId: string, now: Date): Promise<Buffer | null> {
    const [rows] = await this.dataSource.query<[{ hash: Buffer | null }[], number]>(TRY, [channelId, now]);
    return rows[0]?.hash ?? null;
  }

  async verify(channelId: string, now: Date): Promise<void> {
    await this.dataSource.query(VERIFY, [channelId, now]);
  }
}
