import type { MigrationInterface } from 'typeorm';

/** Every migration, oldest first. A migration that has been released is never edited. */
export const MIGRATIONS: (new () => MigrationInterface)[] = [];
