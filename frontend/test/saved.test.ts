import { isSavedNow, savedAddress } from '@/components/form/saved';

const savedIn = (address: string) => new URL(address, 'http://localhost').searchParams.get('saved') ?? undefined;

test('the page after a form says that it was saved, and a link to it that is opened later does not', () => {
  const now = Date.now();
  const saved = savedIn(savedAddress('/patients/p1/alert-settings', now));
  expect(isSavedNow(saved, now)).toBe(true);
  expect(isSavedNow(saved, now + 59_000)).toBe(true);
  expect(isSavedNow(saved, now + 61_000)).toBe(false);
});

test.each([[undefined], ['yes'], [''], [['a', 'b']], ['zzzzzzzzzz']])('%j says nothing', (saved) => {
  expect(isSavedNow(saved, Date.now())).toBe(false);
});
