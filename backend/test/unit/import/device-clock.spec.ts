import { DeviceClock, instantsOfWallClockIn } from '../../../src/domain/import/device-clock.js';

const wall = (text: string) => Date.parse(`${text}Z`) / 1000;
const utc = (instant: number) => new Date(instant * 1000).toISOString().slice(0, 16);
const berlin = [{ from: 0, zone: 'Europe/Berlin' }] as const;

describe('wall clocks of a file', () => {
  it('settles the autumn hour by row order: the second pass begins where the clock steps back', () => {
    const clock = new DeviceClock(berlin, false);
    const times = ['01:45', '02:00', '02:30', '02:45', '02:00', '02:30', '03:00'];
    expect(times.map((time) => utc(clock.instantOf(wall(`2023-10-29T${time}`), 's', null)).slice(11))).toEqual([
      '23:45',
      '00:00',
      '00:30',
      '00:45',
      '01:00',
      '01:30',
      '02:00',
    ]);
  });

  it('settles it mirrored where a file runs newest first', () => {
    const clock = new DeviceClock(berlin, true);
    const times = ['03:00', '02:30', '02:00', '02:45', '02:30', '02:00', '01:45'];
    expect(times.map((time) => utc(clock.instantOf(wall(`2023-10-29T${time}`), 's', null)).slice(11))).toEqual([
      '02:00',
      '01:30',
      '01:00',
      '00:45',
      '00:30',
      '00:00',
      '23:45',
    ]);
  });

  it('prefers the transmitter counter, even where rows were sorted by their display time', () => {
    const clock = new DeviceClock(berlin, false);
    const rows: Array<[string, number]> = [
      ['01:55', 1000],
      ['02:00', 1300],
      ['02:00', 4900],
      ['02:05', 1600],
      ['02:05', 5200],
    ];
    const instants = rows.map(([time, seconds]) =>
      utc(clock.instantOf(wall(`2023-10-29T${time}`), 's', { transmitter: 't', seconds })).slice(11),
    );
    expect(instants).toEqual(['23:55', '00:00', '01:00', '00:05', '01:05']);
  });

  it('finds the second pass by the counter when the sensor was silent in the first', () => {
    const clock = new DeviceClock(berlin, false);
    clock.instantOf(wall('2023-10-29T01:30'), 's', { transmitter: 't', seconds: 0 });
    expect(utc(clock.instantOf(wall('2023-10-29T02:30'), 's', { transmitter: 't', seconds: 7200 }))).toBe(
      '2023-10-29T01:30',
    );
  });

  it('does not trust a counter that started again with a new sensor', () => {
    const clock = new DeviceClock(berlin, false);
    clock.instantOf(wall('2023-10-29T02:30'), 's', { transmitter: 't', seconds: 900_000 });
    expect(utc(clock.instantOf(wall('2023-10-29T02:35'), 's', { transmitter: 't', seconds: 10 }))).toBe(
      '2023-10-29T00:35',
    );
  });

  it('keeps a reading of the spring hour that does not exist, at the offset before the change', () => {
    const clock = new DeviceClock(berlin, false);
    expect(utc(clock.instantOf(wall('2024-03-31T01:59'), 's', null))).toBe('2024-03-31T00:59');
    expect(utc(clock.instantOf(wall('2024-03-31T02:30'), 's', null))).toBe('2024-03-31T01:30');
  });

  it('follows a wearer through zones', () => {
    const change = wall('2024-05-10T12:00');
    const zones = [
      { from: 0, zone: 'Europe/London' },
      { from: change, zone: 'America/New_York' },
    ] as const;
    expect(instantsOfWallClockIn(zones, wall('2024-05-09T08:00')).map(utc)).toEqual(['2024-05-09T07:00']);
    expect(instantsOfWallClockIn(zones, wall('2024-05-11T08:00')).map(utc)).toEqual(['2024-05-11T12:00']);
    // 09:00 was shown in London at 08:00 UTC and again in New York at 13:00 UTC.
    expect(instantsOfWallClockIn(zones, wall('2024-05-10T09:00')).map(utc)).toEqual([
      '2024-05-10T08:00',
      '2024-05-10T13:00',
    ]);
  });
});
