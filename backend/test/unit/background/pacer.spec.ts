import { Pacer } from '../../../src/common/pacer.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Work whose runs end when the test says so. */
function work() {
  const runs: { end(): void; fail(): void }[] = [];
  const start = () =>
    new Promise<void>((resolve, reject) => {
      runs.push({ end: resolve, fail: () => reject(new Error('the work fails')) });
    });
  return { runs, start };
}

it('runs at once where it was quiet, and then in steps', async () => {
  const { runs, start } = work();
  const pacer = new Pacer(50, start);
  pacer.ask();
  await jest.advanceTimersByTimeAsync(1);
  expect(runs).toHaveLength(1);
  runs[0]?.end();
  await jest.advanceTimersByTimeAsync(9);
  for (let i = 0; i < 5; i++) pacer.ask();
  await jest.advanceTimersByTimeAsync(30);
  expect(runs).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(20);
  expect(runs).toHaveLength(2);
  runs[1]?.end();
  await jest.advanceTimersByTimeAsync(1_000);
  expect(runs).toHaveLength(2);
});

it('runs once more for what was asked during a run, also after one that failed', async () => {
  const { runs, start } = work();
  const pacer = new Pacer(50, start);
  pacer.ask();
  await jest.advanceTimersByTimeAsync(1);
  pacer.ask();
  pacer.ask();
  await jest.advanceTimersByTimeAsync(500);
  expect(runs).toHaveLength(1);
  runs[0]?.fail();
  await jest.advanceTimersByTimeAsync(1);
  expect(runs).toHaveLength(2);
  runs[1]?.end();
  await jest.advanceTimersByTimeAsync(500);
  expect(runs).toHaveLength(2);
});

it('runs nothing that was called off, and runs again when asked', async () => {
  const { runs, start } = work();
  const pacer = new Pacer(50, start);
  pacer.ask();
  pacer.cancel();
  await jest.advanceTimersByTimeAsync(100);
  expect(runs).toHaveLength(0);
  pacer.ask();
  await jest.advanceTimersByTimeAsync(1);
  expect(runs).toHaveLength(1);
});
