import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EscalationChain } from '../../../domain/alerts/escalation.js';

/** Whose chain. */
export type ChainOwner = 'patient' | 'organisation';

export interface ChosenChain {
  readonly steps: EscalationChain;
  readonly changedAt: Date;
  readonly userId: string;
  readonly displayName: string;
}

const COLUMNS = { patient: 'patient_id', organisation: 'organisation_id' } as const;

const find = (owner: ChainOwner): string => `
  SELECT c.steps, c.changed_at AS "changedAt", c.changed_by AS "userId", u.display_name AS "displayName"
  FROM escalation_chains c JOIN users u ON u.id = c.changed_by WHERE c.${COLUMNS[owner]} = $1`;

const put = (owner: ChainOwner): string => `
  INSERT INTO escalation_chains (${COLUMNS[owner]}, steps, changed_at, changed_by) VALUES ($1, $2, $3, $4)
  ON CONFLICT (${COLUMNS[owner]}) DO UPDATE SET steps = excluded.steps, changed_at = excluded.changed_at,
    changed_by = excluded.changed_by`;

/** Chains that somebody chose. An alert that has sounded keeps the one it sounded with. */
@Injectable()
export class ChainsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async of(owner: ChainOwner, ownerId: string): Promise<ChosenChain | null> {
    const [row] = await this.dataSource.query<ChosenChain[]>(find(owner), [ownerId]);
    return row ?? null;
  }

  async put(
    owner: ChainOwner,
    ownerId: string,
    steps: EscalationChain,
    by: { userId: string; at: Date },
  ): Promise<void> {
    await this.dataSource.query(put(owner), [ownerId, JSON.stringify(steps), by.at, by.userId]);
  }

  async remove(owner: ChainOwner, ownerId: string): Promise<void> {
    await this.dataSource.query(`DELETE FROM escalation_chains WHERE ${COLUMNS[owner]} = $1`, [ownerId]);
  }
}
