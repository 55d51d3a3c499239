import type { Command } from './command.js';
import { correlationsCommand } from './correlations.command.js';
import { createAdminCommand } from './create-admin.command.js';
import { evaluateForecastCommand } from './evaluate-forecast/evaluate-forecast.command.js';
import { failedJobsCommand } from './failed-jobs.command.js';
import { importCommand } from './import.command.js';
import { matrixProfileCommand } from './matrix-profile.command.js';
import { metricsCommand } from './metrics.command.js';
import { migrateCommand } from './migrate.command.js';
import { pcmciCommand } from './pcmci.command.js';
import { rebuildDaysCommand } from './rebuild-days.command.js';
import { rulesCommand } from './rules.command.js';
import { seedDemoCommand } from './seed-demo.command.js';
import { verifyDeploymentCommand } from './verify-deployment/verify-deployment.command.js';

/** Every command by name, in the order in which the help lists them. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  migrate: migrateCommand,
  'seed-demo': seedDemoCommand,
  'create-admin': createAdminCommand,
  'rebuild-days': rebuildDaysCommand,
  'failed-jobs': failedJobsCommand,
  metrics: metricsCommand,
  'evaluate-forecast': evaluateForecastCommand,
  'matrix-profile': matrixProfileCommand,
  import: importCommand,
  correlations: correlationsCommand,
  pcmci: pcmciCommand,
  rules: rulesCommand,
  'verify-deployment': verifyDeploymentCommand,
};
