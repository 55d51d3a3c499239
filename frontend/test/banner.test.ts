import type { Alert } from '@/api/types';
import { isOnPage } from '@/features/alerts/banner/asking';
import { steadyAlert } from '@/features/alerts/banner/steady';

test.each([
  ['the whole inbox', '/alerts', '', true],
  ['the inbox with a choice of the unit', '/alerts', 'unit=mmoll', true],
  ['the inbox of one patient', '/alerts', 'patient=p1', false],
  ['a later page of the inbox', '/alerts', 'cursor=c1', false],
  ['the inbox with what is over, newest first', '/alerts', 'state=all', false],
  ['its own page', '/alerts/a1', '', true],
  ['the page of another alert', '/alerts/a2', '', false],
  ['a patient', '/patients/p1', '', false],
])('on %s the banner leaves an alert to the page or not', (_, path, query, expected) => {
  expect(isOnPage('a1', path, new URLSearchParams(query))).toBe(expected);
});

const alert = (id: string) => ({ id }) as Alert;

test.each([
  ['the most pressing stands', 'b', false, 'a'],
  ['the one that stands stays under a hand', 'b', true, 'b'],
  ['one that no longer asks goes, even under a hand', 'c', true, 'a'],
])('%s', (_, kept, held, expected) => {
  expect(steadyAlert([alert('a'), alert('b')], kept, held)?.id).toBe(expected);
});
