import { DayCalendar } from '../../../src/domain/glycemia/day-calendar.js';
import { projectDay } from '../../../src/domain/glycemia/day-projection.js';
import { packSamples, unpackDays } from '../../../src/domain/glycemia/day-samples.js';
import { isoDay, parseIsoDay } from '../../../src/domain/time/zone.js';
import { FLAG_CENSORED_LOW, FLAG_MMOL } from '../../../src/domain/glycemia/units.js';

const seconds = (at: string): number => Date.parse(at) / 1000;

describe('local days as they were lived', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Asia/Beirut', '2024-03-31', 23],
  ])('in %s on %s last %d hours', (zone, day, hours) => {
    const lived = new DayCalendar([{ from: Number.NEGATIVE_INFINITY, zone }]).lived(parseIsoDay(day));
    expect(lived.lengthSeconds).toBe(hours * 3600);
    expect(lived.spans).toHaveLength(1);
  });

  it('come in two stretches where the clock went back over midnight', () => {
    const calendar = new DayCalendar([{ from: Number.NEGATIVE_INFINITY, zone: 'America/St_Johns' }]);
    const day = calendar.lived(parseIsoDay('2010-11-07'));
    expect(day.spans).toHaveLength(2);
    const [first] = day.spans;
    expect((first?.until ?? 0) - (first?.from ?? 0)).toBe(60);
    expect(calendar.lived(parseIsoDay('2010-11-06')).lengthSeconds + day.lengthSeconds).toBe(49 * 3600);
  });

  it('are empty where the date line was crossed', () => {
    const calendar = new DayCalendar([{ from: Number.NEGATIVE_INFINITY, zone: 'Pacific/Apia' }]);
    expect(calendar.lived(parseIsoDay('2011-12-30')).spans).toEqual([]);
  });

  it('hold every instant exactly once', () => {
    const history = [
      { from: Number.NEGATIVE_INFINITY, zone: 'Pacific/Auckland' },
      { from: seconds('2026-04-03T10:00:00Z'), zone: 'Pacific/Honolulu' },
      { from: seconds('2026-04-05T03:00:00Z'), zone: 'America/Santiago' },
    ] as const;
    const calendar = new DayCalendar(history);
    for (let at = seconds('2026-04-01T00:00:00Z'); at < seconds('2026-04-08T00:00:00Z'); at += 900) {
      const { day } = calendar.dayOf(at);
      const holding = [-2, -1, 0, 1, 2].filter((shift) =>
        calendar.lived(day + shift).spans.some((span) => at >= span.from && at < span.until),
      );
      expect([isoDay(day), holding]).toEqual([isoDay(day), [0]]);
    }
  });
});

describe('packed samples', () => {
  it('come back as they were', () => {
    const series = {
      instants: Float64Array.of(1_000_000, 1_000_299, 1_090_000, 1_000_000 + 16_777_215),
      tenths: Int16Array.of(400, 10_000, 38, 100),
      flags: Uint8Array.of(FLAG_CENSORED_LOW, 0, FLAG_MMOL, 0),
    };
    expect(unpackDays([{ startsAt: 1_000_000, samples: packSamples(series, 1_000_000) }])).toEqual(series);
  });

  it('of days that interleave come back ascending', () => {
    const day = (...instants: number[]) => ({
      startsAt: 0,
      samples: packSamples(
        {
          instants: Float64Array.from(instants),
          tenths: Int16Array.from(instants, (instant) => instant / 100),
          flags: new Uint8Array(instants.length),
        },
        0,
      ),
    });
    const { instants, tenths } = unpackDays([day(1_000, 4_000), day(2_000, 3_000)]);
    expect([...instants]).toEqual([1_000, 2_000, 3_000, 4_000]);
    expect([...tenths]).toEqual([10, 20, 30, 40]);
  });
});

describe('a projected day', () => {
  const calendar = new DayCalendar([{ from: Number.NEGATIVE_INFINITY, zone: 'UTC' }]);
  const lived = calendar.lived(parseIsoDay('2026-06-01'));
  const reading = (at: string, tenths: number, flags = 0, source = 1) => ({
    at: Date.parse(at),
    source,
    tenths,
    flags,
  });

  it('counts each value in the unit it was reported in', () => {
    const values = [
      ...[539, 540, 699, 700, 1_800, 1_801, 2_500, 2_501].map((tenths) => [tenths, 0] as const),
      ...[29, 30, 38, 39, 100, 101, 139, 140].map((tenths) => [tenths, FLAG_MMOL] as const),
    ];
    const day = projectDay(
      lived,
      values.map(([tenths, flags], i) => reading(new Date(Date.UTC(2026, 5, 1, i)).toISOString(), tenths, flags)),
      new Map(),
    );
    expect(day).toMatchObject({ veryLow: 2, low: 4, inRange: 4, high: 4, veryHigh: 2 });
    expect(day).toMatchObject({ mgdlCount: 8, mmolCount: 8, mgdlMinTenths: 539, mmolMaxTenths: 140 });
  });

  it('knows whether it can be appended to unseen', () => {
    const alone = [reading('2026-06-01T10:00:00Z', 1_000), reading('2026-06-01T10:05:00Z', 1_000)];
    expect(projectDay(lived, alone, new Map())).toMatchObject({ soleSource: 1, regularSteps: 1, intervalSeconds: 300 });
    const two = [...alone, reading('2026-06-01T10:10:00Z', 1_000, 0, 2)];
    expect(projectDay(lived, two, new Map())?.soleSource).toBeNull();
    const repeated = [...alone, reading('2026-06-01T10:06:00Z', 1_000)];
    expect(projectDay(lived, repeated, new Map())?.soleSource).toBeNull();
  });

  it('without readings is none', () => expect(projectDay(lived, [], new Map())).toBeNull());
});
