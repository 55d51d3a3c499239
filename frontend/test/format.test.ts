import { formatGlucose, formatRate, formatReading, formatUpperLimit } from '@/format/glucose';
import { formatChance, formatPercent, formatShare, hoursAndMinutes } from '@/format/percent';
import { clockOf, formatDay, formatInstant } from '@/format/time';

it.each([
  [0.004, '<5 %'],
  [0.12, '10 %'],
  [0.5, '50 %'],
  [0.93, '95 %'],
  [0.991, '>95 %'],
])('a chance of %d reads %s', (chance, text) => {
  expect(formatChance(chance, 'en-GB')).toBe(text);
});

describe('glucose', () => {
  it.each([
    [180, 'mg/dL', '180'],
    [180, 'mmol/L', '10.0'],
    [70, 'mmol/L', '3.9'],
    [99.5, 'mg/dL', '100'],
  ] as const)('%d mg/dL in %s reads %s', (mgdl, unit, text) => {
    expect(formatGlucose(mgdl, unit, 'en-GB')).toBe(text);
  });

  it('leaves a reading untouched in the unit its device reported', () => {
    expect(formatReading(10, 'mmol/L', 'mmol/L', 'en-GB')).toBe('10.0');
    expect(formatReading(5.5, 'mmol/L', 'mg/dL', 'en-GB')).toBe('99');
  });

  it('prints the limit of the mean as published', () => {
    expect(formatUpperLimit(154, 'mmol/L', 'en-GB')).toBe('8.6');
    expect(formatUpperLimit(154, 'mg/dL', 'en-GB')).toBe('154');
  });

  it('writes decimals as the locale does', () => {
    expect(formatGlucose(180, 'mmol/L', 'de-DE')).toBe('10,0');
  });

  it.each([
    [1.42, 'mg/dL', '+1.4'],
    [-1.42, 'mg/dL', '−1.4'],
    [-0.01, 'mg/dL', '0.0'],
    [1.8, 'mmol/L', '+0.10'],
  ] as const)('a slope of %d in %s reads %s', (slope, unit, text) => {
    expect(formatRate(slope, unit, 'en-GB')).toBe(text);
  });
});

describe('shares and times', () => {
  it('never rounds a share beyond one decimal', () => {
    expect(formatPercent(69.64, 'en-GB')).toBe('69.6 %');
  });

  it('never calls a little nothing', () => {
    expect([0, 0.3, 0.5, 98.6].map((share) => formatShare(share, 'en-GB'))).toEqual(['0 %', '<1 %', '1 %', '99 %']);
  });

  it('carries a full hour over', () => {
    expect(hoursAndMinutes(59.7)).toEqual({ hours: 1, minutes: 0 });
  });

  it('ends a day at 24:00', () => {
    expect([0, 270, 1440].map(clockOf)).toEqual(['00:00', '04:30', '24:00']);
  });

  it('keeps a local date where it is', () => {
    expect(formatDay('1961-04-12', 'en-GB', 'long')).toBe('12 April 1961');
  });

  it('shows an instant in the zone of the patient', () => {
    expect(formatInstant('2021-04-17T23:58:00Z', 'Europe/Berlin', 'en-GB')).toBe('18 Apr 2021, 01:58');
  });
});
