import { uploaderSilence } from '../../../src/domain/alerts/silent-part.js';

const NOW = 1_800_000_000;
const minutesAgo = (minutes: number): number => NOW - minutes * 60;

it.each([
  [
    'a contact without a reading lately',
    { heardAt: minutesAgo(4), broughtAt: minutesAgo(40), measuredAt: minutesAgo(41) },
    'sensor',
  ],
  [
    'a contact just a quarter of an hour ago',
    { heardAt: minutesAgo(15), broughtAt: minutesAgo(40), measuredAt: minutesAgo(41) },
    'sensor',
  ],
  [
    'a contact longer ago',
    { heardAt: minutesAgo(16), broughtAt: minutesAgo(40), measuredAt: minutesAgo(41) },
    'uploader',
  ],
  [
    'nothing since the newest reading',
    { heardAt: minutesAgo(10), broughtAt: minutesAgo(10), measuredAt: minutesAgo(25) },
    'uploader',
  ],
  [
    'a batch that came late',
    { heardAt: minutesAgo(10), broughtAt: minutesAgo(10), measuredAt: minutesAgo(40) },
    'sensor',
  ],
  ['no contact that is known of', { heardAt: null, broughtAt: null, measuredAt: null }, 'uploader'],
  ['a contact that brought no reading ever', { heardAt: minutesAgo(1), broughtAt: null, measuredAt: null }, 'sensor'],
] as const)('after %s', (_, contact, silent) => {
  expect(uploaderSilence(contact, [], NOW)).toEqual({ silent, heardAt: contact.heardAt, judgedAt: NOW });
});

it('counts no minute against an uploader in which GlucoLens was not running', () => {
  const contact = { heardAt: minutesAgo(70), broughtAt: minutesAgo(90), measuredAt: minutesAgo(90) };
  const judged = (from: number) =>
    uploaderSilence(contact, [{ from: minutesAgo(from), to: minutesAgo(5) }], NOW).silent;
  expect(judged(65)).toBe('sensor');
  expect(judged(50)).toBe('uploader');
});
