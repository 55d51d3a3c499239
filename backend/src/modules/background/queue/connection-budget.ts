import type { Environment } from '../../../config/environment.js';
import { POOL_SIZE } from '../../../database/data-source.js';
import { QUEUES } from './jobs.js';
import { QUEUE_POOL_SIZE } from './queue-connection.js';

/** Processes of one role, as a deployment runs them. */
export interface ProcessGroup {
  readonly role: Environment['PROCESS_ROLE'];
  /** The most there may be, where a scaler decides. */
  readonly instances: number;
  readonly queue: 'redis' | 'postgres';
  /** `DATABASE_POOL_SIZE`, where it is set. */
  readonly poolSize?: number;
}

/** For whoever looks after the database: backups, migrations, a console. */
const OPERATOR_CONNECTIONS = 5;

/** The share of `max_connections` that may be planned away. */
const PLANNABLE_SHARE = 0.8;

/** The most connections one process opens to PostgreSQL. */
export function connectionsOf({ role, queue, poolSize = POOL_SIZE[role] }: ProcessGroup): number {
  // Live events are listened for on a connection of their own, wherever requests are served.
  const serving = poolSize + (role === 'api' || role === 'all' ? 1 : 0);
  if (queue === 'redis') return serving;
  const queues = Object.keys(QUEUES).length;
  const producing = queues * QUEUE_POOL_SIZE;
  // A worker of a queue has a pool of its own, and one connection more that listens.
  const working = role === 'worker' || role === 'all' ? queues * (QUEUE_POOL_SIZE + 1) : 0;
  return serving + producing + working;
}

/** The most that may be open at once: during a deployment every process runs twice. */
export const connectionsNeeded = (groups: readonly ProcessGroup[]): number =>
  groups.reduce((sum, group) => sum + group.instances * connectionsOf(group), 0) * 2 + OPERATOR_CONNECTIONS;

export const fitsInto = (maxConnections: number, groups: readonly ProcessGroup[]): boolean =>
  connectionsNeeded(groups) <= PLANNABLE_SHARE * maxConnections;
