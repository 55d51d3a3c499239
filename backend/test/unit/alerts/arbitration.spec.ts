import { decide } from '../../../src/domain/alerts/decision.js';
import { MONDAY, repeat, seriesOf } from '../glycemia/series.js';
import { evaluateTrace } from './traces.js';

const calm = repeat(120, 12);
const at = (index: number): number => MONDAY + index * 300;
const sounds = (values: ReadonlyArray<number | null>) =>
  evaluateTrace(seriesOf(values)).soundings.map(({ rule, severity }) => `${rule} ${severity}`);

describe('one situation', () => {
  it('sounds when it is seen coming and again when it is urgent, and not at every rule in between', () => {
    const falling = Array.from({ length: 10 }, (_, i) => 118 - 8 * i);
    expect(sounds([...calm, ...falling])).toEqual(['predicted-low warning', 'urgent-low urgent']);
  });

  it('sounds once where several rules open at the same reading', () => {
    expect(sounds([...calm, 53])).toEqual(['urgent-low urgent']);
  });

  it('sounds anew after it was over', () => {
    const dip = [65, ...repeat(100, 8)];
    expect(sounds([...calm, ...dip, ...dip])).toEqual(['low warning', 'low warning']);
  });

  it('does not silence another one: a high after a low', () => {
    expect(sounds([...calm, 66, ...repeat(100, 6), ...repeat(260, 6)])).toEqual(['low warning', 'high warning']);
  });
});

describe('the decision to sound', () => {
  const lowNow = evaluateTrace(seriesOf([...calm, ...repeat(65, 5)]));
  const [sounding] = lowNow.soundings;
  const episode = lowNow.episodes.find(({ rule }) => rule === 'low');
  if (!sounding || !episode) throw new Error('the trace holds a low');

  it('lets a current low sound, also where its beginning was seen late', () => {
    expect(decide(sounding, episode, at(17))).toBe('sound');
    expect(decide(sounding, episode, at(16) + 15 * 60)).toBe('sound');
  });

  it('keeps silent about old values and about what is over', () => {
    expect(decide(sounding, episode, at(16) + 15 * 60 + 1)).toBe('stale');
    expect(decide(sounding, { ...episode, closedAt: at(20), closedBy: 'recovered' }, at(20))).toBe('over');
  });
});
