import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { demoPatient } from '../../domain/simulator/clinic.js';
import { ROSTER } from '../../domain/simulator/clinic-roster.js';
import { settledAt } from '../../domain/simulator/fit.js';
import { PatientsRepository } from '../patients/patients.repository.js';
import { type DemoAccounts, DemoAccountsService } from './demo-accounts.service.js';
import { DemoSimulationsRepository, type StoredSimulation } from './demo-simulations.repository.js';
import { DemoUploadService } from './demo-upload.service.js';

/** Which clinic: the same number always gives the same thirty people. */
const SEED = 1;
/** Known to every process that seeds: they queue up behind it. */
const SEED_LOCK = 4_712_026_002;
/** While the database stores one history, the next one is simulated. */
const SIDE_BY_SIDE = 2;

export interface SeedReport {
  /** Patients whose history this run stored. */
  readonly seeded: number;
  readonly patients: number;
  readonly readings: number;
}

export interface SeedOptions {
  /** How many of the roster, from its beginning; all by default. */
  readonly patients?: number;
  readonly onProgress?: (message: string) => void;
}

@Injectable()
export class DemoSeedService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly accounts: DemoAccountsService,
    private readonly patients: PatientsRepository,
    private readonly simulations: DemoSimulationsRepository,
    private readonly upload: DemoUploadService,
  ) {}

  /** Makes the demo clinic. A second call does nothing; one after a killed call finishes what that one began. */
  async seed({ patients = ROSTER.length, onProgress = () => undefined }: SeedOptions = {}): Promise<SeedReport> {
    return this.withLock(async (lock) => {
      await lock.query('SELECT pg_advisory_lock($1)', [SEED_LOCK]);
      return this.seedLocked(patients, onProgress);
    });
  }

  /**
   * Seeds where nobody has, and finishes a seeding that was cut short; for hosts on which no command can be run. Does
   * nothing while another process seeds.
   */
  async seedIfMissing(options: Pick<SeedOptions, 'patients'> = {}): Promise<void> {
    const stored = await this.simulations.all();
    if (stored.length > 0 && stored.every(({ state }) => state)) return;
    await this.withLock(async (lock) => {
      const [{ free }] = await lock.query('SELECT pg_try_advisory_lock($1) AS free', [SEED_LOCK]);
      if (free) await this.seedLocked(options.patients ?? ROSTER.length, () => undefined);
    });
  }

  private async withLock<T>(work: (lock: QueryRunner) => Promise<T>): Promise<T> {
    const lock = this.dataSource.createQueryRunner();
    await lock.connect();
    try {
      await lock.query('SET lock_timeout = 0');
      await lock.query('SET statement_timeout = 0');
      return await work(lock);
    } finally {
      await lock.query('SELECT pg_advisory_unlock($1)', [SEED_LOCK]).catch(() => undefined);
      await lock.query('RESET lock_timeout').catch(() => undefined);
      await lock.query('RESET statement_timeout').catch(() => undefined);
      await lock.release();
    }
  }

  private async seedLocked(patients: number, onProgress: (message: string) => void): Promise<SeedReport> {
    const stored = new Map((await this.simulations.all()).map((simulation) => [simulation.place, simulation]));
    const open = Array.from({ length: patients }, (_, place) => place).filter((place) => !stored.get(place)?.state);
    if (open.length === 0) return { seeded: 0, patients, readings: 0 };
    const accounts = await this.accounts.ensure();
    const now = Math.floor(this.clock.now().getTime() / 1000);
    let readings = 0;
    let done = patients - open.length;
    const waiting = open.values();
    const work = async () => {
      for (const place of waiting) {
        const simulation = stored.get(place) ?? (await this.admit(place, now, accounts));
        const added = await this.storeHistory(simulation);
        readings += added;
        done++;
        onProgress(`demo clinic: ${done} of ${patients} patients`);
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    return { seeded: open.length, patients, readings };
  }

  /** The patient's record and zones together with the simulation that will fill it. */
  private async admit(place: number, now: number, accounts: DemoAccounts): Promise<StoredSimulation> {
    const patient = demoPatient(SEED, place, now);
    const { subject, silent } = patient;
    const [home, ...moves] = subject.zones;
    return this.dataSource.transaction(async (manager) => {
      const patientId = await this.patients.insert(manager, {
        organisationId: accounts.organisationId,
        userId: patient.persona === 'alice' ? accounts.patientUserId : null,
        displayName: patient.displayName,
        dateOfBirth: patient.dateOfBirth,
        diabetesType: patient.diabetesType,
        targetPreset: patient.targetPreset,
        unit: patient.unit,
        synthetic: true,
        timeZone: home.zone,
      });
      for (const { from, zone } of moves) {
        await manager.query(
          'INSERT INTO patient_zones (patient_id, valid_from, time_zone) VALUES ($1, to_timestamp($2::float8), $3)',
          [patientId, from, zone],
        );
      }
      const simulation = { patientId, place, historyFrom: patient.from, simulatedTo: patient.until, subject };
      await this.simulations.insert(manager, { ...simulation, silent });
      return { ...simulation, state: null };
    });
  }

  private async storeHistory({ patientId, historyFrom, simulatedTo, subject }: StoredSimulation): Promise<number> {
    const simulation = settledAt(subject, historyFrom);
    const output = simulation.advance(simulatedTo);
    await this.upload.upload(patientId, subject, output);
    await this.simulations.save(patientId, simulatedTo, { simulatedTo, state: simulation.save() });
    return output.readings.length;
  }
}
