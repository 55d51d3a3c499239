import { handlerFaults } from '../../../src/modules/background/processors/handlers.check.js';
import { JOBS, KEEP_COMPLETED_SECONDS, RECURRING_JOBS } from '../../../src/modules/background/queue/jobs.js';

it.each([
  { handled: ['a', 'b'], faults: [] },
  { handled: ['a'], faults: ['nobody handles b'] },
  { handled: ['a', 'b', 'b'], faults: ['b is handled 2 times'] },
  { handled: ['a', 'b', 'c'], faults: ['c is handled and is no job'] },
])('finds that jobs a and b handled as $handled means $faults', ({ handled, faults }) => {
  expect(handlerFaults(['a', 'b'], handled)).toEqual(faults);
});

it('remembers finished jobs for longer than any slot of recurring work', () => {
  for (const everyMs of Object.values(RECURRING_JOBS)) expect(KEEP_COMPLETED_SECONDS * 1000).toBeGreaterThan(everyMs);
});

it('lets no payload carry anything but ids', () => {
  for (const { payload } of Object.values(JOBS)) {
    expect(Object.keys(payload.shape).filter((key) => !/Ids?$/.test(key))).toEqual([]);
  }
});
