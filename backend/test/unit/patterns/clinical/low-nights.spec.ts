import { clinicalPatterns } from '../../../../src/domain/patterns/clinical/clinical-patterns.js';
import { clinicalRecordOf } from '../../../../src/domain/patterns/clinical/clinical-record.js';
import { lowNights } from '../../../../src/domain/patterns/clinical/low-nights.js';
import { sensorDaysAt, sensorStarts } from '../../../../src/domain/patterns/clinical/sensor-days.js';
import { at, bell, BERLIN, level, recordOf, type Trace } from './traces.js';

const DAYS = 40;
/** A sensor is put on at 14:00 on every tenth day and says nothing until 16:00. */
const worn = (trace: Trace): Trace => {
  return (day, hour) => (day % 10 === 0 && hour >= 14 && hour < 16 ? null : trace(day, hour));
};
const nightsOf = (trace: Trace) => {
  const nights = lowNights(clinicalRecordOf(recordOf(BERLIN, DAYS, worn(trace))));
  return new Map(nights.map((night) => [night.day - BERLIN.firstDay, night]));
};
const downTo = (lowest: number): Trace => {
  return (day, hour) => level(day, hour)! - bell(hour, 3, level(day, 3)! - lowest, 1.5);
};

describe('nights that were low', () => {
  it('names those shown far below 70 and none of those that stay above 90', () => {
    expect([...nightsOf(downTo(58)).values()].every(({ chance, isNamed }) => isNamed && chance > 0.95)).toBe(true);
    expect([...nightsOf(downTo(90)).values()].every(({ chance, isNamed }) => !isNamed && chance < 0.05)).toBe(true);
  });

  it('names more of those just above 70 in the middle of a sensor’s life than on its first night', () => {
    const nights = nightsOf(downTo(73));
    const [first, middle] = [nights.get(11), nights.get(16)];
    expect(middle?.chance).toBeGreaterThan((first?.chance ?? 1) + 0.2);
    expect(first?.isNamed).toBe(false);
    expect(middle?.isNamed).toBe(true);
  });

  it('tells of them beside what was shown, in words that say why', () => {
    const answer = clinicalPatterns(recordOf(BERLIN, DAYS, worn(downTo(72))), 0.05);
    if (answer.status !== 'done') throw new Error(answer.status);
    const night = [...answer.found, ...answer.notFound].find(({ part }) => part === 'night');
    expect(night?.sightings).toEqual([]);
    expect(night?.likely?.length).toBeGreaterThan(20);
    expect(night?.text).toMatch(/^On 0 of 40 nights .* can read up to \{difference:8\} too high/);
    expect(night?.text).toContain(`probably was that low on ${night?.likely?.length} nights.`);
  });
});

describe('when a sensor was put on', () => {
  const series = recordOf(BERLIN, DAYS, worn(level)).glucose.instants;

  it('is read from silences as long as the commonest warm-up, and not from shorter ones', () => {
    const { at: starts, silentMinutes } = sensorStarts(series);
    expect(silentMinutes).toBe(120);
    expect(starts).toEqual([0, 10, 20, 30].map((day) => at(BERLIN, day, 16)));
    const away = series.filter((instant) => instant < at(BERLIN, 5, 9) || instant >= at(BERLIN, 5, 9) + 3_000);
    expect(sensorStarts(away).at).toEqual(starts);
  });

  it('is unknown before the first, and counts the silence in', () => {
    const days = sensorDaysAt(series, [at(BERLIN, 0, 8), at(BERLIN, 1, 14), at(BERLIN, 25, 14)]);
    expect(days[0]).toBeNull();
    expect(days[1]).toBeCloseTo(1, 2);
    // Clocks went forward on the 27th day, not yet.
    expect(days[2]).toBeCloseTo(5, 2);
  });
});
