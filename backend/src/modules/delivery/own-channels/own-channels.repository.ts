import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { OutcomeClass } from '../channels/delivery-channel.js';
import type { AlertChannelChange } from './alert-channels.schemas.js';
import { CHANNEL_COLUMNS, type ChannelRow, type OwnKind, type Target } from './channel-rows.js';

export interface NewChannel {
  readonly kind: OwnKind;
  readonly target: Target;
  readonly label: string;
  readonly content: 'private' | 'full';
  readonly quietHours: object;
  readonly timeZone: string;
}

const OF_USER = `
  SELECT ${CHANNEL_COLUMNS} FROM alert_channels c
  WHERE c.user_id = $1 AND c.removed_at IS NULL ORDER BY c.created_at, c.id`;

const ONE = `
  SELECT ${CHANNEL_COLUMNS} FROM alert_channels c WHERE c.user_id = $1 AND c.id = $2 AND c.removed_at IS NULL`;

const INSERT = `
  INSERT INTO alert_channels (user_id, created_at, target, label, content, quiet_hours, time_zone, kind)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`;

/** A browser that subscribes again is reached by other keys, and is there. */
const RENEW = `
  UPDATE alert_channels SET target = $3, label = $4, content = $5, quiet_hours = $6, time_zone = $7, disabled_at = NULL,
    consecutive_failures = 0
  WHERE user_id = $1 AND id = $2 AND removed_at IS NULL`;

/** Whoever used this browser before is not there any more: what is for them must not light up for its present user. */
const TAKE_OVER = `
  UPDATE alert_channels SET disabled_at = coalesce(disabled_at, $3), last_failure_at = $3, last_failure = 'gone'
  WHERE user_id <> $1 AND kind = 'web-push' AND removed_at IS NULL AND target ->> 'endpoint' = $2`;

const CHANGE = `
  UPDATE alert_channels SET label = coalesce($3, label), content = coalesce($4, content),
    quiet_hours = coalesce($5::jsonb, quiet_hours), time_zone = coalesce($6, time_zone)
  WHERE user_id = $1 AND id = $2 AND removed_at IS NULL`;

const REMOVE = `
  UPDATE alert_channels SET removed_at = $3, target = NULL, label = '', code_hash = NULL, code_expires_at = NULL
  WHERE user_id = $1 AND id = $2 AND removed_at IS NULL RETURNING id`;

/** Whether the browser of channel `c` is somebody else's now. */
const IS_TAKEN_OVER = `c.kind = 'web-push' AND EXISTS (
  SELECT FROM alert_channels o WHERE o.user_id <> c.user_id AND o.kind = 'web-push' AND o.removed_at IS NULL
    AND o.disabled_at IS NULL AND o.target ->> 'endpoint' = c.target ->> 'endpoint')`;

const NOTE_ARRIVAL = `
  UPDATE alert_channels c SET last_success_at = $2, consecutive_failures = 0,
    disabled_at = CASE WHEN ${IS_TAKEN_OVER} THEN disabled_at END,
    verified_at = CASE WHEN c.kind = 'email' THEN c.verified_at ELSE coalesce(c.verified_at, $2) END
  WHERE id = $1 AND removed_at IS NULL`;

const NOTE_FAILURE = `
  UPDATE alert_channels SET last_failure_at = $2, last_failure = $3::text,
    consecutive_failures = consecutive_failures + 1,
    disabled_at = CASE WHEN $3::text = 'gone' THEN coalesce(disabled_at, $2) ELSE disabled_at END
  WHERE id = $1 AND removed_at IS NULL`;

/** The channels of one person. Every question names that person. */
@Injectable()
export class OwnChannelsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Those that are not removed, oldest first. */
  of(userId: string, manager: EntityManager = this.dataSource.manager): Promise<ChannelRow[]> {
    return manager.query<ChannelRow[]>(OF_USER, [userId]);
  }

  async find(userId: string, channelId: string): Promise<ChannelRow | null> {
    const [row] = await this.dataSource.query<ChannelRow[]>(ONE, [userId, channelId]);
    return row ?? null;
  }

  /** One after the other, for one person. */
  async holdUser(manager: EntityManager, userId: string): Promise<void> {
    await manager.query('SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]);
  }

  async insert(manager: EntityManager, userId: string, channel: NewChannel, now: Date): Promise<string> {
    const [row] = await manager.query<{ id: string }[]>(INSERT, [userId, now, ...valuesOf(channel), channel.kind]);
    return row?.id ?? '';
  }

  async renew(manager: EntityManager, userId: string, channelId: string, channel: NewChannel): Promise<void> {
    await manager.query(RENEW, [userId, channelId, ...valuesOf(channel)]);
  }

  async takeOver(manager: EntityManager, userId: string, endpoint: string, now: Date): Promise<void> {
    await manager.query(TAKE_OVER, [userId, endpoint, now]);
  }

  async change(userId: string, channelId: string, change: AlertChannelChange): Promise<void> {
    const { label = null, content = null, quietHours, timeZone = null } = change;
    const hours = quietHours === undefined ? null : JSON.stringify(quietHours);
    await this.dataSource.query(CHANGE, [userId, channelId, label, content, hours, timeZone]);
  }

  /** Keeps the row for the deliveries that went through it, without anything that names where. Answers whether there was one. */
  async remove(userId: string, channelId: string, now: Date): Promise<boolean> {
    const [rows] = await this.dataSource.query<[unknown[], number]>(REMOVE, [userId, channelId, now]);
    return rows.length > 0;
  }

  /**
   * A test that arrived proves a channel, also one that was given up, unless it arrived at somebody else; an address is
   * proved by its code alone.
   */
  async noteTest(channelId: string, outcome: OutcomeClass, now: Date): Promise<void> {
    if (outcome === 'delivered') await this.dataSource.query(NOTE_ARRIVAL, [channelId, now]);
    else await this.dataSource.query(NOTE_FAILURE, [channelId, now, outcome]);
  }
}

const valuesOf = ({ target, label, content, quietHours, timeZone }: NewChannel): unknown[] => [
  JSON.stringify(target),
  label,
  content,
  JSON.stringify(quietHours),
  timeZone,
];
