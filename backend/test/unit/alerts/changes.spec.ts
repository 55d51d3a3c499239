import type { AlertEpisode } from '../../../src/domain/alerts/episode.js';
import { changesOf } from '../../../src/modules/alerts/alert-changes.js';
import { happeningsOf } from '../../../src/modules/alerts/alert-happenings.js';
import type { StoredAlert } from '../../../src/modules/alerts/evaluation.repository.js';

const NOW = 1_800_000_000;
const PATIENT = 'a patient';
const HOUR = 3_600;
const AT = { replacesAfter: NOW - 6 * HOUR, now: NOW };

const low = (openedAt: number, more: Partial<AlertEpisode> = {}): AlertEpisode => ({
  rule: 'low',
  onsetAt: openedAt,
  openedAt,
  lastAt: NOW,
  closedAt: null,
  closedBy: null,
  severities: [{ at: openedAt, severity: 'warning' }],
  suspectedCompression: false,
  evidence: {} as AlertEpisode['evidence'],
  ...more,
});

const stored = (openedAt: number, more: Partial<StoredAlert> = {}): StoredAlert => ({
  id: 'an alert',
  rule: 'low',
  severity: 'warning',
  openedAt,
  lastAt: NOW,
  closedAt: null,
  silent: null,
  ...more,
});

const kindsOf = (episodes: readonly AlertEpisode[], before: readonly StoredAlert[]) => {
  const changes = changesOf(PATIENT, { episodes, soundings: [] }, before, AT);
  return changes && happeningsOf(changes, []).map(({ alert, events }) => [alert.id, ...events.map(({ kind }) => kind)]);
};

it('finds nothing to do for somebody who crosses nothing', () => {
  expect(changesOf(PATIENT, { episodes: [], soundings: [] }, [], AT)).toBeNull();
});

it('tells nothing of an alert that only goes on', () => {
  const openedAt = NOW - HOUR;
  expect(kindsOf([low(openedAt)], [stored(openedAt, { lastAt: NOW - 300 })])).toEqual([]);
});

it.each([
  ['gets graver', low(NOW - HOUR, { severities: [{ at: NOW, severity: 'urgent' }] }), {}, ['severity-raised']],
  ['ends', low(NOW - HOUR, { closedAt: NOW, closedBy: 'recovered' }), {}, ['closed']],
  ['goes on after all', low(NOW - HOUR), { closedAt: NOW - 600 }, ['reopened']],
])('tells that a known alert %s', (_, episode, before, kinds) => {
  expect(kindsOf([episode], [stored(NOW - HOUR, before)])).toEqual([['an alert', ...kinds]]);
});

it('tells once that something else is silent than was said', () => {
  const silence = low(NOW - HOUR, {
    rule: 'no-data',
    evidence: { uploader: { silent: 'sensor', heardAt: NOW - 60, judgedAt: NOW } } as AlertEpisode['evidence'],
  });
  const before = { rule: 'no-data', silent: 'uploader' } as const;
  expect(kindsOf([silence], [stored(NOW - HOUR, before)])).toEqual([['an alert', 'silence-judged']]);
  expect(kindsOf([silence], [stored(NOW - HOUR, { ...before, silent: 'sensor' })])).toEqual([]);
});

it('takes back what the data no longer show, and ends what is older than anybody looks back', () => {
  expect(kindsOf([], [stored(NOW - HOUR)])).toEqual([['an alert', 'voided']]);
  expect(kindsOf([], [stored(NOW - 30 * HOUR)])).toEqual([['an alert', 'closed']]);
});

it('tells pages how an alert stands that has just opened, and that it sounds', () => {
  const openedAt = NOW - 60;
  const sounding = { rule: 'low', openedAt, at: openedAt, severity: 'warning' } as const;
  const changes = changesOf(PATIENT, { episodes: [low(openedAt)], soundings: [sounding] }, [], AT);
  const [decision] = changes?.decisions ?? [];
  expect(decision).toMatchObject({ decision: 'sound', episodeId: changes?.opened[0]?.id });
  const written = [
    { patientId: PATIENT, episodeId: decision?.episodeId ?? '', severity: 'warning', decision: 'sound' } as const,
  ];
  expect(changes && happeningsOf(changes, written)).toMatchObject([
    {
      patientId: PATIENT,
      alert: { rule: 'low', severity: 'warning', openedAt: new Date(openedAt * 1000), closedAt: null, isVoided: false },
      events: [{ kind: 'opened' }, { kind: 'decided', details: { severity: 'warning', decision: 'sound' } }],
    },
  ]);
});
