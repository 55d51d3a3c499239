import alertDelivery from './alert-delivery.mjs';
import alerts from './alerts.mjs';
import apiKilled from './api-killed.mjs';
import clientClockAhead from './client-clock-ahead.mjs';
import databaseFull from './database-full.mjs';
import databaseKilled from './database-killed.mjs';
import databaseLate from './database-late.mjs';
import databasePaused from './database-paused.mjs';
import networkStalled from './network-stalled.mjs';
import poolExhausted from './pool-exhausted.mjs';
import queueDown from './queue-down.mjs';
import restore from './restore.mjs';
import rollingRestart from './rolling-restart.mjs';
import shutdown from './shutdown.mjs';
import threeSchedulers from './three-schedulers.mjs';
import workerKilled from './worker-killed.mjs';

/**
 * Every fault of the drill, in the order in which they are played. Neighbours that are marked `sideBySide` mostly wait
 * and are played at the same time; they leave the database server alone.
 */
export const FAULTS = [
  databaseLate,
  databaseKilled,
  databasePaused,
  networkStalled,
  databaseFull,
  poolExhausted,
  apiKilled,
  shutdown,
  rollingRestart,
  clientClockAhead,
  restore,
  alerts,
  alertDelivery,
  queueDown,
  workerKilled,
  threeSchedulers,
];
