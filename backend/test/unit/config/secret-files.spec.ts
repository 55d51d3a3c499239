import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnvironment } from '../../../src/config/environment.js';
import { withSecretFiles } from '../../../src/config/secret-files.js';

const folder = mkdtempSync(join(tmpdir(), 'glucolens-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

it('reads secrets from the files that the environment names', () => {
  const environment = parseEnvironment(
    withSecretFiles({
      SECRET_KEY_FILE: file('key', `${'k'.repeat(44)}\n`),
      DATABASE_URL_FILE: file('url', 'postgres://somebody@localhost/glucolens\n'),
      ERROR_WEBHOOK_URL_FILE: file('webhook', 'https://hooks.example.org/a-secret\n'),
    }),
  );
  expect(environment.SECRET_KEY).toBe('k'.repeat(44));
  expect(environment.DATABASE_URL).toBe('postgres://somebody@localhost/glucolens');
  expect(environment.ERROR_WEBHOOK_URL).toBe('https://hooks.example.org/a-secret');
});

it.each([
  ['a file that is missing', { SECRET_KEY_FILE: join(folder, 'missing') }, 'SECRET_KEY_FILE names a file that cannot'],
  ['an empty file', { SECRET_KEY_FILE: file('empty', '\n') }, 'SECRET_KEY_FILE names an empty file'],
  ['both at once', { SECRET_KEY: 'x', SECRET_KEY_FILE: file('k', 'x') }, 'SECRET_KEY and SECRET_KEY_FILE are both set'],
])('refuses %s', (_, variables, message) => {
  expect(() => withSecretFiles(variables)).toThrow(message);
});

it('asks for a password of the first administrator', () => {
  const given = { DATABASE_URL: 'postgres://localhost/x', SECRET_KEY: 'k'.repeat(32), FIRST_ADMIN_EMAIL: 'a@b.org' };
  expect(() => parseEnvironment(given)).toThrow('FIRST_ADMIN_PASSWORD: must be set');
});
