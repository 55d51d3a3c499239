import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A process that loads the tracing before it says hello. */
const run = (variables: Readonly<Record<string, string>>) =>
  spawnSync(process.execPath, ['--import', './tracing.mjs', '-e', 'console.log("hello")'], {
    cwd: join(__dirname, '../../..'),
    env: { PATH: process.env['PATH'], ...variables },
    encoding: 'utf8',
  });

describe('tracing', () => {
  it('is off and silent unless an endpoint is set', () => {
    expect(run({})).toMatchObject({ status: 0, stdout: 'hello\n', stderr: '' });
  });

  it('says what is missing where it is asked for and not installed, and lets the process run', () => {
    const { status, stdout, stderr } = run({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'hello\n' });
    expect(stderr).toMatch(/^OTEL_EXPORTER_OTLP_ENDPOINT is set, but tracing is not installed: npm install .*sdk-node/);
  });
});
