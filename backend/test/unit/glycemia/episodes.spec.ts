import { episodeReport, type EpisodeType } from '../../../src/domain/glycemia/episode-report.js';
import { TARGETS } from '../../../src/domain/glycemia/targets.js';
import { inUtc, MONDAY, repeat, seriesOf } from './series.js';

const report = (values: ReadonlyArray<number | null>, stepMinutes = 5) =>
  episodeReport(inUtc(seriesOf(values, { stepMinutes })), TARGETS.adult);
const ofType = (values: ReadonlyArray<number | null>, type: EpisodeType, stepMinutes = 5) =>
  report(values, stepMinutes).list.filter((episode) => episode.type === type);
const calm = repeat(110, 12);

describe('hypoglycaemia', () => {
  it.each([
    { readings: 2, count: 0 },
    { readings: 3, count: 1 },
  ])('$readings readings at 5 minutes below 70 make $count events', ({ readings, count }) => {
    expect(ofType([...calm, ...repeat(69, readings), ...calm], 'hypoLevel1')).toHaveLength(count);
  });

  it('takes one reading of a 15-minute sensor', () => {
    expect(ofType([110, 110, 65, 110, 110], 'hypoLevel1', 15)).toMatchObject([{ durationMinutes: 15, meanMgdl: 65 }]);
  });

  it('does not begin at 70 itself', () => {
    expect(report([...calm, ...repeat(70, 12), ...calm]).list).toEqual([]);
  });

  it('keeps a short recovery inside and ends with 15 minutes back', () => {
    const values = [...calm, ...repeat(60, 3), 80, 80, ...repeat(65, 2), ...repeat(80, 3), ...calm];
    expect(ofType(values, 'hypoLevel1')).toEqual([
      {
        type: 'hypoLevel1',
        startedAt: new Date((MONDAY + 12 * 300) * 1000).toISOString(),
        endedAt: new Date((MONDAY + 19 * 300) * 1000).toISOString(),
        durationMinutes: 35,
        meanMgdl: (3 * 60 + 2 * 80 + 2 * 65) / 7,
        extremeMgdl: 60,
        truncated: false,
      },
    ]);
  });

  it('tells the events that reached level 2 from those that did not', () => {
    const values = [...calm, ...repeat(60, 4), ...calm, 65, ...repeat(50, 3), 65, ...calm];
    const { summary } = report(values);
    const count = (type: EpisodeType) => summary.find((one) => one.type === type)?.count;
    expect([count('hypoLevel1'), count('hypoLevel2'), count('hypoLevel1Exclusive')]).toEqual([2, 1, 1]);
  });

  it.each([
    { readings: 24, count: 0 },
    { readings: 25, count: 1 },
  ])('is extended beyond 120 minutes: $readings readings make $count', ({ readings, count }) => {
    expect(ofType([...calm, ...repeat(60, readings), ...calm], 'hypoExtended')).toHaveLength(count);
  });

  it('counts an event that the end of the data cuts, and says so', () => {
    expect(ofType([...calm, ...repeat(60, 4)], 'hypoLevel1')).toMatchObject([{ durationMinutes: 20, truncated: true }]);
  });

  it('counts an event on either side of a gap of more than 45 minutes, one across a shorter gap', () => {
    const across = (missing: number) => [
      ...calm,
      ...repeat(60, 4),
      ...repeat(null, missing),
      ...repeat(60, 4),
      ...calm,
    ];
    expect(ofType(across(9), 'hypoLevel1').map((one) => one.truncated)).toEqual([true, false]);
    expect(ofType(across(8), 'hypoLevel1').map((one) => one.truncated)).toEqual([false]);
  });

  it('does not mind a sensor that is a second early', () => {
    const series = seriesOf([...calm, 60, 60, 60, ...calm]);
    series.instants.forEach((instant, i) => series.instants.fill(instant - i, i, i + 1));
    expect(episodeReport(inUtc(series), TARGETS.adult).list).toHaveLength(2);
  });
});

describe('hyperglycaemia', () => {
  it.each([
    { above: 17, count: 0 },
    { above: 18, count: 1 },
  ])('is extended with 90 minutes above 250 within 120: $above readings make $count', ({ above, count }) => {
    const values = [...calm, ...repeat(260, 9), ...repeat(240, 6), ...repeat(260, above - 9), ...repeat(170, 6)];
    expect(ofType(values, 'hyperExtended')).toHaveLength(count);
  });

  it('does not add up 90 minutes over a longer time', () => {
    const values = [...calm, ...repeat(260, 9), ...repeat(240, 7), ...repeat(260, 9), ...repeat(170, 6)];
    expect(ofType(values, 'hyperExtended')).toEqual([]);
  });

  it('is over after 15 minutes at or below 180, not merely below 250', () => {
    const values = [...calm, ...repeat(260, 20), ...repeat(200, 10), ...repeat(180, 3), ...calm];
    expect(ofType(values, 'hyperExtended')).toMatchObject([
      { durationMinutes: 150, extremeMgdl: 260, truncated: false },
    ]);
  });

  it('follows the upper bound of a pregnancy', () => {
    const timeline = inUtc(seriesOf([...calm, ...repeat(150, 4), ...calm]));
    expect(episodeReport(timeline, TARGETS['pregnancy-t1']).list.map((one) => one.type)).toEqual([
      'hyperLevel1',
      'hyperLevel1Exclusive',
    ]);
  });
});

it('gives rates per monitored day, not per calendar day', () => {
  const [lows] = report([...repeat(110, 282), ...repeat(60, 6), ...repeat(null, 288)]).summary;
  expect(lows).toMatchObject({ type: 'hypoLevel1', count: 1, perDay: 1, perWeek: 7, meanDurationMinutes: 30 });
});

it('has no rates without readings', () => {
  expect(report([])).toEqual({ summary: [], list: [] });
});
