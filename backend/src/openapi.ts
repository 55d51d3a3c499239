import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { buildApp } from './app.js';
import { describeApi } from './api-description.js';
import { parseEnvironment } from './config/environment.js';

/** `node dist/openapi.js FILE` writes the API description. Nothing is connected: the modules are only looked at. */
async function main(): Promise<void> {
  const [file] = process.argv.slice(2);
  if (!file) throw new Error('usage: openapi FILE');
  const environment = parseEnvironment({
    DATABASE_URL: 'postgres://nobody@localhost/none',
    SECRET_KEY: 'only for describing the API, no token is made',
    LOG_LEVEL: 'silent',
  });
  const app = await buildApp(environment, { preview: true });
  writeFileSync(file, `${JSON.stringify(describeApi(app), null, 2)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
