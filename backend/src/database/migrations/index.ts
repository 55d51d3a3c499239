import type { MigrationInterface } from 'typeorm';
import { Identity1764000000000 } from './1764000000000-identity.js';
import { Readings1764000100000 } from './1764000100000-readings.js';
import { Records1764000200000 } from './1764000200000-records.js';
import { Imports1764000300000 } from './1764000300000-imports.js';
import { Demo1764000400000 } from './1764000400000-demo.js';
import { Nights1764000600000 } from './1764000600000-nights.js';
import { Invitations1764000900000 } from './1764000900000-invitations.js';
import { Alerts1764001000000 } from './1764001000000-alerts.js';
import { AlertFailures1764001050000 } from './1764001050000-alert-failures.js';
import { Live1764001100000 } from './1764001100000-live.js';
import { Deliveries1764001200000 } from './1764001200000-deliveries.js';
import { ChannelCodes1764001300000 } from './1764001300000-channel-codes.js';
import { AlertProof1764001310000 } from './1764001310000-alert-proof.js';
import { ImportUndo1764001700000 } from './1764001700000-import-undo.js';
import { MlRuns1764001800000 } from './1764001800000-ml-runs.js';
import { Forecasts1764001900000 } from './1764001900000-forecasts.js';
import { SettingsReach1764002000000 } from './1764002000000-settings-reach.js';
import { UploaderContact1764002100000 } from './1764002100000-uploader-contact.js';
import { LowRiskHints1764002200000 } from './1764002200000-low-risk-hints.js';
import { PersonalForecasts1764002300000 } from './1764002300000-personal-forecasts.js';

/** Every migration, oldest first. A migration that has been released is never edited. */
export const MIGRATIONS: (new () => MigrationInterface)[] = [
  Identity1764000000000,
  Readings1764000100000,
  Records1764000200000,
  Imports1764000300000,
  Demo1764000400000,
  Nights1764000600000,
  Invitations1764000900000,
  Alerts1764001000000,
  AlertFailures1764001050000,
  Live1764001100000,
  Deliveries1764001200000,
  ChannelCodes1764001300000,
  AlertProof1764001310000,
  ImportUndo1764001700000,
  MlRuns1764001800000,
  Forecasts1764001900000,
  SettingsReach1764002000000,
  UploaderContact1764002100000,
  LowRiskHints1764002200000,
  PersonalForecasts1764002300000,
];
