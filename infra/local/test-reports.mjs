import { existsSync, readFileSync } from 'node:fs';

const BROKEN = { passed: 0, failed: 1, skipped: 0 };

function readReport(file) {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  } catch {
    return null;
  }
}

/** Counts of `jest --json`. A file that does not even load has no failed test, but it failed. */
export function countJest(file, exitCode) {
  const report = readReport(file);
  if (!report) return BROKEN;
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 && report.numPassedTests > 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Counts of Playwright's JSON reporter; a test that passed only when repeated is named, and counts as passed. */
export function countPlaywright(file, exitCode) {
  const report = readReport(file);
  if (!report) return BROKEN;
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failed = unexpected + (report.errors?.length ?? 0);
  if (flaky > 0) process.stdout.write(`browser: ${flaky} passed only when repeated\n`);
  return { passed: expected + flaky, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped };
}

/** Counts at the end of the TAP that `node --test` prints. */
export function countNodeTest(text, exitCode) {
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  const failed = count('fail') + count('cancelled');
  return {
    passed: count('pass'),
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: count('skipped') + count('todo'),
  };
}
