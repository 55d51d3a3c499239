import { type AlertSettings, DEFAULT_ALERT_SETTINGS, thresholdOf } from '../../../src/domain/alerts/settings.js';
import { joined, MONDAY, repeat, seriesOf } from '../glycemia/series.js';
import { always, evaluateTrace, only } from './traces.js';

const calm = repeat(120, 12);
const at = (index: number): number => MONDAY + index * 300;
const LOW_ONLY = always(only({ low: DEFAULT_ALERT_SETTINGS.low }));

describe('an episode', () => {
  it('of an urgent low opens with the first reading below 54', () => {
    const { episodes } = evaluateTrace(seriesOf([...calm, 70, 53]));
    expect(episodes.filter(({ rule }) => rule === 'urgent-low')).toMatchObject([
      { onsetAt: at(13), openedAt: at(13), lastAt: at(13), closedAt: null, severities: [{ severity: 'urgent' }] },
    ]);
  });

  it('is judged in the unit of the device: 3.0 mmol/L is no urgent low, 2.9 is', () => {
    const urgent = (value: number) =>
      evaluateTrace(seriesOf([...repeat(6, 12), value], { unit: 'mmol/L' })).episodes.filter(
        ({ rule }) => rule === 'urgent-low',
      );
    expect([urgent(3.0).length, urgent(2.9).length]).toEqual([0, 1]);
  });

  it('stays one while glucose hovers around the threshold, and ends after 15 minutes well above it', () => {
    const values = [...calm, 69, 71, 75, 69, 78, ...repeat(85, 4)];
    const { episodes } = evaluateTrace(seriesOf(values), { settings: LOW_ONLY });
    expect(episodes).toMatchObject([{ openedAt: at(12), lastAt: at(16), closedAt: at(20), closedBy: 'recovered' }]);
  });

  it('waits for its minutes: a high opens with the reading that makes 15 of them', () => {
    const settings = always(only({ high: DEFAULT_ALERT_SETTINGS.high }));
    const openings = (values: number[]) =>
      evaluateTrace(seriesOf([...calm, ...values].map(Number)), { settings }).episodes.map(({ openedAt }) => openedAt);
    expect(openings([255, 255, 255])).toEqual([]);
    expect(openings([255, 255, 255, 255])).toEqual([at(15)]);
    expect(openings([255, 255, 245, 255, 255])).toEqual([]);
  });

  it('gets graver with time: a low of an hour is urgent', () => {
    const { episodes } = evaluateTrace(seriesOf([...calm, ...repeat(65, 14)]), { settings: LOW_ONLY });
    expect(episodes[0]?.severities).toEqual([
      { at: at(12), severity: 'warning' },
      { at: at(24), severity: 'urgent' },
    ]);
  });

  it('ends an hour after the data do, whether or not data come back', () => {
    const before = seriesOf([...calm, 65]);
    const ended = { openedAt: at(12), closedAt: at(24), closedBy: 'data-ended' };
    const options = { settings: LOW_ONLY, now: at(40) };
    expect(evaluateTrace(before, options).episodes).toMatchObject([ended]);
    const later = seriesOf([...repeat(120, 3)], { start: at(36) });
    expect(evaluateTrace(joined(before, later), options).episodes).toMatchObject([ended]);
    expect(evaluateTrace(before, { ...options, now: at(20) }).episodes).toMatchObject([{ closedAt: null }]);
  });

  it('lasts a day at most, and opens anew only after a recovery', () => {
    const settings = always(only({ high: { enabled: true, threshold: thresholdOf(200, 'mg/dL'), sustainMinutes: 0 } }));
    const long = [...repeat(260, 400), ...repeat(120, 6), 260];
    const { episodes } = evaluateTrace(seriesOf(long), { settings });
    expect(episodes).toMatchObject([
      { openedAt: at(0), closedAt: at(288), closedBy: 'expired' },
      { openedAt: at(406), closedAt: null },
    ]);
  });

  it('ends where its rule is switched off', () => {
    const off = { from: at(14), settings: only({}), schedules: [] };
    const { episodes } = evaluateTrace(seriesOf([...calm, ...repeat(65, 6)]), { settings: [LOW_ONLY[0], off] });
    expect(episodes).toMatchObject([{ openedAt: at(12), closedAt: at(14), closedBy: 'turned-off' }]);
  });

  it('is not opened by a sample whose time has not come', () => {
    const options = { settings: LOW_ONLY, now: at(10) };
    const { episodes, nextAt } = evaluateTrace(seriesOf([...repeat(120, 11), 65]), options);
    expect([episodes.length, nextAt]).toEqual([0, at(11)]);
    expect(evaluateTrace(seriesOf([...repeat(120, 11), 65]), { ...options, now: at(11) }).episodes).toHaveLength(1);
  });
});

describe('rates and forecasts', () => {
  const falling = Array.from({ length: 5 }, (_, i) => 140 - 20 * i);

  it('see a steady fall of 4 mg/dL per minute', () => {
    const { episodes } = evaluateTrace(seriesOf([...repeat(140, 6), ...falling]));
    expect(episodes.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['rapid-fall', 'predicted-low']));
  });

  it('do not take one wild reading for a fall', () => {
    const { episodes } = evaluateTrace(seriesOf([...repeat(140, 6), 115, 140, 139, 140]));
    expect(episodes).toEqual([]);
  });

  it('say nothing of a calm trace, whatever its level', () => {
    const level = (value: number) => evaluateTrace(seriesOf(repeat(value, 9))).episodes;
    expect([75, 100, 180, 245].flatMap(level)).toEqual([]);
  });

  it('warn of a low before it is there', () => {
    const values = Array.from({ length: 16 }, (_, i) => 110 - 4 * i);
    const { episodes } = evaluateTrace(seriesOf([...repeat(110, 6), ...values]));
    const opening = (rule: string) => episodes.find((one) => one.rule === rule)?.openedAt ?? Number.NaN;
    expect(opening('predicted-low')).toBeLessThan(opening('urgent-low'));
  });
});

describe('silence', () => {
  const quiet = (more: object) => evaluateTrace(seriesOf(calm), more).episodes.filter(({ rule }) => rule === 'no-data');
  const last = at(11);

  it('opens after 30 minutes, becomes a warning after two hours more, and expires after a day', () => {
    expect(quiet({ now: last + 1799 })).toEqual([]);
    expect(quiet({ now: last + 1801 })).toMatchObject([{ onsetAt: last, openedAt: last + 1800, closedAt: null }]);
    expect(quiet({ now: last + 10_000 })[0]?.severities).toEqual([
      { at: last + 1800, severity: 'info' },
      { at: last + 9000, severity: 'warning' },
    ]);
    expect(quiet({ now: last + 1800 + 86_400 })).toMatchObject([{ closedBy: 'expired' }]);
  });

  it('says when it will change next', () => {
    expect(evaluateTrace(seriesOf(calm)).nextAt).toBe(last + 1800);
    expect(evaluateTrace(seriesOf(calm), { now: last + 1801 }).nextAt).toBe(last + 9000);
  });

  it('does not count the minutes in which GlucoLens was not running', () => {
    const outages = [{ from: last + 600, to: last + 7800 }];
    expect(quiet({ now: last + 8900, outages })).toEqual([]);
    expect(quiet({ now: last + 9100, outages })).toMatchObject([{ openedAt: last + 9000 }]);
  });

  it('is gone without a trace once the missing readings have arrived', () => {
    const gap = joined(seriesOf(calm), seriesOf(calm, { start: at(24) }));
    expect(evaluateTrace(gap).episodes).toMatchObject([{ rule: 'no-data', closedBy: 'data-arrived' }]);
    const complete = seriesOf([...calm, ...repeat(125, 12), ...calm]);
    expect(evaluateTrace(complete).episodes).toEqual([]);
  });
});

describe('settings that change', () => {
  const low = (mgdl: number) =>
    only({ low: { enabled: true, threshold: thresholdOf(mgdl, 'mg/dL'), sustainMinutes: 0 } });
  const silence = (afterMinutes: number, enabled = true) => only({ 'no-data': { enabled, afterMinutes } });
  const changing = (before: AlertSettings, ...later: (readonly [from: number, settings: AlertSettings])[]) =>
    [always(before)[0], ...later.map(([from, settings]) => ({ from, settings, schedules: [] }))] as const;
  const found = (values: (number | null)[], settings: ReturnType<typeof changing>, now: number) =>
    evaluateTrace(seriesOf(values), { settings, now }).episodes;

  it('judge what is present at once, and nothing before', () => {
    const settings = changing(low(70), [at(13) + 60, low(80)]);
    const values = [...calm, 75, 75];
    expect(found(values, settings, at(13) + 59)).toEqual([]);
    const opened = { onsetAt: at(13) + 60, openedAt: at(13) + 60 };
    expect(found(values, settings, at(13) + 60)).toMatchObject([{ ...opened, closedAt: null }]);
    expect(found([...values, 76], settings, at(14))).toMatchObject([{ ...opened, lastAt: at(14) }]);
  });

  it('are looked at when their time comes, where they were noted by a clock that is ahead', () => {
    const { episodes, nextAt } = evaluateTrace(seriesOf([...calm, 75]), {
      settings: changing(low(70), [at(12) + 2, low(80)]),
    });
    expect([episodes.length, nextAt]).toEqual([0, at(12) + 2]);
  });

  it('do not judge a reading of long ago', () => {
    const settings = changing(low(70), [at(12) + 16 * 60, low(80)]);
    expect(found([...calm, 75], settings, at(12) + 17 * 60)).toEqual([]);
  });

  it('end at once what they turn off', () => {
    const settings = changing(low(70), [at(12) + 60, only({})]);
    expect(found([...calm, 65], settings, at(12) + 120)).toMatchObject([
      { openedAt: at(12), closedAt: at(12) + 60, closedBy: 'turned-off' },
    ]);
  });

  it('hold for a silence that has begun, from that moment on', () => {
    const last = at(11);
    const shorter = changing(silence(60), [last + 2400, silence(20)]);
    expect(found(calm, shorter, last + 2399)).toEqual([]);
    expect(found(calm, shorter, last + 2401)).toMatchObject([{ onsetAt: last, openedAt: last + 2400 }]);
    const later = changing(silence(60), [last + 600, silence(20)]);
    expect(found(calm, later, last + 1201)).toMatchObject([{ openedAt: last + 1200 }]);
    const longer = changing(silence(20), [last + 1800, silence(60)]);
    expect(found(calm, longer, last + 2000)).toMatchObject([{ openedAt: last + 1200, closedAt: null }]);
    const off = changing(silence(20), [last + 1800, silence(20, false)], [last + 3000, silence(20)]);
    expect(found(calm, off, last + 3600)).toMatchObject([
      { openedAt: last + 1200, closedAt: last + 1800, closedBy: 'turned-off' },
      { openedAt: last + 3000, closedAt: null },
    ]);
  });

  it('give the same episodes when looked at again and again as when looked at once', () => {
    const gap = Array.from({ length: 14 }, () => null);
    const values = [...calm, 75, 75, 68, 75, 90, 90, 90, 90, 75, 75, 120, 120, 120, 120, 100, ...gap, 100, 100];
    const changes = [
      [at(13) + 60, low(80)],
      [at(14) + 100, only({})],
      [at(15) + 10, low(80)],
      [at(16) + 50, only({})],
      [at(18) + 200, low(95)],
      [at(26) + 100, low(110)],
    ] as const;
    const settings = changing(low(70), ...changes);
    const series = seriesOf(values);
    const end = at(values.length - 1) + 400;
    let quietAt: number | null = null;
    const kept = new Map<number, object>();
    for (let now = at(0); now <= end; now += 30) {
      const upTo = values.slice(0, Math.floor((now - at(0)) / 300) + 1);
      const known: number | null = quietAt;
      const step = evaluateTrace(seriesOf(upTo), { settings, now, quietAt: known });
      for (const openedAt of kept.keys()) if (openedAt > (known ?? 0)) kept.delete(openedAt);
      for (const episode of step.episodes) kept.set(episode.openedAt, episode);
      quietAt = step.quietAt;
    }
    expect([...kept.values()]).toEqual(evaluateTrace(series, { settings, now: end }).episodes);
    expect(kept.size).toBe(5);
    expect([...kept.values()].slice(3)).toMatchObject([
      { openedAt: at(26) + 100, closedAt: at(26) + 3600, closedBy: 'data-ended' },
      { openedAt: at(41), closedAt: null },
    ]);
  });
});

describe('a faulty sensor', () => {
  const errors = (values: number[]) =>
    evaluateTrace(seriesOf(values)).episodes.filter(({ rule }) => rule === 'sensor-error');

  it('is one that stands still for 90 minutes, or jumps to and fro', () => {
    expect(errors(Array.from({ length: 18 }, () => 131))).toEqual([]);
    expect(errors(Array.from({ length: 19 }, () => 131))).toHaveLength(1);
    expect(errors([120, 121, 150, 118, 152])).toHaveLength(1);
    expect(errors([120, 125, 150, 180, 200])).toEqual([]);
  });
});

describe('a suspected compression low', () => {
  const sudden = [...repeat(130, 8), 105, 78, 62];

  it('is a sudden fall from level ground at night', () => {
    const marks = (start: number) =>
      evaluateTrace(seriesOf(sudden, { start }), { settings: LOW_ONLY }).episodes.map(
        (one) => one.suspectedCompression,
      );
    expect(marks(MONDAY + 2 * 3600)).toEqual([true]);
    expect(marks(MONDAY + 13 * 3600)).toEqual([false]);
  });

  it('is not a slow fall', () => {
    const slow = Array.from({ length: 20 }, (_, i) => 130 - 4 * i);
    expect(evaluateTrace(seriesOf(slow), { settings: LOW_ONLY }).episodes).toMatchObject([
      { suspectedCompression: false },
    ]);
  });
});
