import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Gathered } from '../../common/gathered.js';
import { isDatabaseUnavailable, isUniqueViolation } from '../../database/database-errors.js';
import { queryPrepared } from '../../database/prepared.js';
import { type Appended, type Appending, appendStatement, type DayUnit, unitOf } from './append-statement.js';

/** Held together for some milliseconds each. */
const TOGETHER = 50;

/** How often one whose patient is busy goes along with others before it waits by itself, which takes up a connection. */
const TRIES = 8;

/** What became of one in a statement with others; `failed` where nothing was done for any of them. */
type Outcome = 'stored' | 'not-stored' | 'busy' | 'failed';

/** Takes in readings that come alone and only continue a day, of many patients in one statement where many arrive. */
@Injectable()
export class NewestReadings {
  private readonly gathered = {
    mgdl: new Gathered<Appending, Outcome>(TOGETHER, (all) => this.together('mgdl', all)),
    mmol: new Gathered<Appending, Outcome>(TOGETHER, (all) => this.together('mmol', all)),
  };

  constructor(private readonly dataSource: DataSource) {}

  /** Whether it was stored. Where not, there is more to do than to append it. */
  async append(one: Appending): Promise<boolean> {
    const unit = unitOf(one.reading);
    for (let tries = 0; tries < TRIES; tries++) {
      const outcome = await this.gathered[unit].ask(one);
      if (outcome === 'failed') break;
      if (outcome !== 'busy') return outcome === 'stored';
    }
    return this.alone(unit, one);
  }

  /** One of each patient; whoever is worked on by others is not waited for. */
  private async together(unit: DayUnit, all: readonly Appending[]): Promise<Outcome[]> {
    const firsts = [...new Map(all.toReversed().map((one) => [one.patientId, one])).values()];
    let appended: Appended[];
    try {
      appended = await queryPrepared<Appended>(this.dataSource, ...appendStatement(unit, firsts, 'passing'));
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      return all.map(() => 'failed');
    }
    const byPatient = new Map(appended.map((one) => [one.patientId, one]));
    return all.map((one) => {
      const found = byPatient.get(one.patientId);
      if (!found || found.busy || !firsts.includes(one)) return 'busy';
      return found.stored ? 'stored' : 'not-stored';
    });
  }

  private async alone(unit: DayUnit, one: Appending): Promise<boolean> {
    try {
      const [appended] = await queryPrepared<Appended>(this.dataSource, ...appendStatement(unit, [one], 'waiting'));
      return appended?.stored === true;
    } catch (error) {
      // The instant is taken by a reading of another kind; the whole statement was undone.
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }
}
