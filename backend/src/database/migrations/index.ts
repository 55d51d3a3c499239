import type { MigrationInterface } from 'typeorm';
import { Identity1764000000000 } from './1764000000000-identity.js';

/** Every migration, oldest first. A migration that has been released is never edited. */
export const MIGRATIONS: (new () => MigrationInterface)[] = [Identity1764000000000];
