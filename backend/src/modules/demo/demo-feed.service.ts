import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Simulation } from '../../domain/simulator/simulation.js';
import { DemoSimulationsRepository, type StoredSimulation } from './demo-simulations.repository.js';
import { DemoUploadService } from './demo-upload.service.js';

/** After a pause the missed time is made up for in stretches of a day, each stored before the next one begins. */
const STRETCH_SECONDS = 86_400;

/** Keeps the demo clinic alive: every patient who still uploads is simulated up to now, never beyond. */
@Injectable()
export class DemoFeedService {
  constructor(
    private readonly clock: Clock,
    private readonly simulations: DemoSimulationsRepository,
    private readonly upload: DemoUploadService,
  ) {}

  /** Answers how many readings were uploaded. Safe to run twice, and beside itself. */
  async feed(): Promise<number> {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    let readings = 0;
    const failures: unknown[] = [];
    for (const simulation of await this.simulations.live()) {
      try {
        readings += await this.catchUp(simulation, now);
      } catch (error) {
        failures.push(error);
      }
    }
    // One patient who cannot be fed must not starve the others; the job still fails and is tried again.
    if (failures.length > 0) throw failures[0];
    return readings;
  }

  private async catchUp({ patientId, subject, state, simulatedTo }: StoredSimulation, now: number): Promise<number> {
    if (!state) return 0;
    const simulation = Simulation.resume(subject, state);
    let reached = simulatedTo;
    let readings = 0;
    while (reached < now) {
      const until = Math.min(now, reached + STRETCH_SECONDS);
      const output = simulation.advance(until);
      await this.upload.upload(patientId, subject, output);
      readings += output.readings.length;
      const saved = await this.simulations.save(patientId, reached, { simulatedTo: until, state: simulation.save() });
      if (!saved) break;
      reached = until;
    }
    return readings;
  }
}
