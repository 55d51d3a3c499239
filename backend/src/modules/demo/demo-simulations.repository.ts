import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Artefact } from '../../domain/simulator/events.js';
import type { SimulationState } from '../../domain/simulator/state.js';
import type { Subject } from '../../domain/simulator/subject.js';

/** A demo patient and the simulation behind it. Instants are seconds since the epoch. */
export interface StoredSimulation {
  readonly patientId: string;
  readonly place: number;
  readonly historyFrom: number;
  readonly simulatedTo: number;
  readonly subject: Subject;
  /** `null` while the history is not stored completely. */
  readonly state: SimulationState | null;
}

const COLUMNS = `patient_id AS "patientId", place, extract(epoch FROM history_from)::float8 AS "historyFrom",
  extract(epoch FROM simulated_to)::float8 AS "simulatedTo", subject, state`;

const INSERT_ARTEFACTS = `
  INSERT INTO demo_artefacts (patient_id, kind, starts_at, ends_at)
  SELECT $1, kind, to_timestamp(starts), to_timestamp(ends)
  FROM json_to_recordset($2) AS a (kind text, starts float8, ends float8)
  ON CONFLICT DO NOTHING`;

@Injectable()
export class DemoSimulationsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async insert(
    manager: EntityManager,
    simulation: Omit<StoredSimulation, 'state'> & { readonly silent: boolean },
  ): Promise<void> {
    const { patientId, place, silent, historyFrom, simulatedTo, subject } = simulation;
    await manager.query(
      `INSERT INTO demo_simulations (patient_id, place, silent, history_from, simulated_to, subject)
       VALUES ($1, $2, $3, to_timestamp($4::float8), to_timestamp($5::float8), $6)`,
      [patientId, place, silent, historyFrom, simulatedTo, JSON.stringify(subject)],
    );
  }

  all(): Promise<StoredSimulation[]> {
    return this.dataSource.query(`SELECT ${COLUMNS} FROM demo_simulations ORDER BY place`);
  }

  /** Those whose readings go on arriving: with a complete history, not silent, not archived. */
  live(): Promise<StoredSimulation[]> {
    return this.dataSource.query(
      `SELECT ${COLUMNS} FROM demo_simulations s
       WHERE state IS NOT NULL AND NOT silent
         AND NOT EXISTS (SELECT FROM patients p WHERE p.id = s.patient_id AND p.archived_at IS NOT NULL)
       ORDER BY place`,
    );
  }

  /**
   * Saves where a simulation has got to. False where another process was faster: both have stored the same readings,
   * since both started from the same state.
   */
  async save(
    patientId: string,
    simulatedTo: number,
    next: { simulatedTo: number; state: SimulationState },
  ): Promise<boolean> {
    const saved = await this.dataSource.query<[unknown[], number]>(
      `UPDATE demo_simulations SET state = $3, simulated_to = to_timestamp($4::float8)
       WHERE patient_id = $1 AND simulated_to = to_timestamp($2::float8)`,
      [patientId, simulatedTo, JSON.stringify(next.state), next.simulatedTo],
    );
    return saved[1] === 1;
  }

  async insertArtefacts(patientId: string, artefacts: readonly Artefact[]): Promise<void> {
    if (artefacts.length === 0) return;
    const rows = artefacts.map(({ kind, from, until }) => ({ kind, starts: from, ends: until }));
    await this.dataSource.query(INSERT_ARTEFACTS, [patientId, JSON.stringify(rows)]);
  }
}
