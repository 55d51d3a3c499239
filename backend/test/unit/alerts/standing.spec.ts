import { type AlertWork, type AlertTrouble, troublesOf } from '../../../src/domain/alerts/standing.js';

const WELL: AlertWork = {
  listenedAgo: 15,
  evaluatedAgo: 10,
  deliveredAgo: 10,
  oldestDueSeconds: 0,
  oldestMessageSeconds: 0,
  failingPatients: 0,
  recentPatients: 40,
};

it.each<[string, Partial<AlertWork>, AlertTrouble[]]>([
  ['everything is done in time', {}, []],
  ['work is as old as it may be', { evaluatedAgo: 60, deliveredAgo: 60, oldestDueSeconds: 60 }, []],
  ['nobody looks', { evaluatedAgo: 61 }, ['not-evaluating']],
  ['nobody has ever looked or sent', { evaluatedAgo: null, deliveredAgo: null }, ['not-evaluating', 'not-delivering']],
  ['no process takes readings in', { listenedAgo: 61 }, ['not-listening']],
  ['looks come to an end and somebody still waits', { oldestDueSeconds: 61 }, ['evaluating-late']],
  ['plans are made and nothing is sent', { oldestMessageSeconds: 61 }, ['delivering-late']],
  ['one of many cannot be evaluated', { failingPatients: 4 }, []],
  ['one of few cannot be evaluated', { failingPatients: 1, recentPatients: 1 }, ['evaluations-fail']],
  ['many cannot be evaluated', { failingPatients: 5 }, ['evaluations-fail']],
])('when %s', (_, change, troubles) => expect(troublesOf({ ...WELL, ...change })).toEqual(troubles));
