import { existsSync } from 'node:fs';
import path from 'node:path';

export interface BrowserTestSettings {
  readonly webUrl: string;
  readonly apiUrl: string;
  readonly chromiumPath: string | null;
  /** The built web process, started once more by the tests that need an API that fails. */
  readonly webServer: string;
  readonly referenceData: string;
  readonly repository: string;
}

const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function browserTestSettings(env: Readonly<Record<string, string | undefined>>): BrowserTestSettings {
  const repository = path.resolve(__dirname, '../../..');
  const standalone = path.join(repository, 'frontend/.next/standalone/frontend/server.js');
  return {
    webUrl: env['WEB_URL'] || 'http://localhost:3000',
    apiUrl: env['API_URL'] || 'http://127.0.0.1:8000',
    chromiumPath: env['CHROMIUM_PATH'] || SYSTEM_BROWSERS.find((file) => existsSync(file)) || null,
    webServer: env['WEB_SERVER'] || standalone,
    referenceData: path.resolve(repository, env['REFERENCE_DATA'] || '../shared'),
    repository,
  };
}

export const SETTINGS = browserTestSettings(process.env);

/** Signed in once for all tests: the API counts attempts per account. */
export const CLINICIAN_STATE = path.join(SETTINGS.repository, '.cache/playwright-clinician.json');
export const DEMO_CLINICIAN = { email: 'clinician@demo.glucolens.dev', password: 'glucolens-demo' };
/** Runs the clinic, and looks after nobody. */
export const DEMO_ADMINISTRATOR = { email: 'admin@demo.glucolens.dev', password: 'glucolens-demo' };
export const DEMO_PATIENT = { email: 'alice@demo.glucolens.dev', password: 'glucolens-demo' };
export const DEMO_PATIENT_NAME = 'Alice Thompson';
