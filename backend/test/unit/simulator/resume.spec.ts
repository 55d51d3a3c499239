import { digest } from '../../../src/domain/simulator/digest.js';
import { emptyOutput } from '../../../src/domain/simulator/events.js';
import { PERSONAS } from '../../../src/domain/simulator/personas.js';
import { Simulation } from '../../../src/domain/simulator/simulation.js';
import type { SimulationState } from '../../../src/domain/simulator/state.js';
import { DAY, END, run, subjectOf } from './support.js';

jest.setTimeout(60_000);

const FROM = END - 12 * DAY;

describe('a simulation', () => {
  it('gives the same history for the same seed and another for another', () => {
    const persona = PERSONAS['low-adherence'];
    expect(digest(run(subjectOf(persona, 9), 14))).toBe(digest(run(subjectOf(persona, 9), 14)));
    expect(digest(run(subjectOf(persona, 9), 14))).not.toBe(digest(run(subjectOf(persona, 10), 14)));
  });

  it.each([
    { code: 'type1-loop', expected: '532dc171' },
    { code: 'type1-nocturnal', expected: '0497b40c' },
    { code: 'low-adherence', expected: '00b1f1aa' },
  ] as const)('of $code still has the digest it had', ({ code, expected }) => {
    expect(digest(run(subjectOf(PERSONAS[code], 2026), 30))).toBe(expected);
  });

  it.each(Object.values(PERSONAS))(
    'of $code runs the same in one go, step by step, and through saved states read back from JSON',
    (persona) => {
      const subject = subjectOf(persona, 77);
      const whole = Simulation.start(subject, FROM);
      const expected = whole.advance(END);

      const stepwise = Simulation.start(subject, FROM);
      const steps = emptyOutput();
      while (stepwise.at + 300 <= END) stepwise.advance(stepwise.at + 300, steps);
      expect(digest(steps)).toBe(digest(expected));

      const pieces = emptyOutput();
      let saved: SimulationState = Simulation.start(subject, FROM).save();
      for (let until = FROM; until < END; until += 7 * 3600 + 100) {
        const resumed = Simulation.resume(subject, JSON.parse(JSON.stringify(saved)) as SimulationState);
        resumed.advance(Math.min(until, END), pieces);
        saved = resumed.save();
      }
      const last = Simulation.resume(subject, saved);
      last.advance(END, pieces);
      expect(pieces).toEqual(expected);
      expect(last.save()).toEqual(whole.save());
    },
  );

  it('does not change the state it was resumed from', () => {
    const subject = subjectOf(PERSONAS.athlete, 3);
    const saved = Simulation.start(subject, FROM).save();
    const before = JSON.stringify(saved);
    Simulation.resume(subject, saved).advance(END);
    expect(JSON.stringify(saved)).toBe(before);
  });
});
