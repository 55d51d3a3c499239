import { defineConfig, devices } from '@playwright/test';
import { browserTestSettings } from './e2e/support/settings';

const { webUrl, chromiumPath } = browserTestSettings(process.env);
const desktop = { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } };
const phone = { ...devices['Pixel 7'], viewport: { width: 390, height: 844 } };
const dependencies = ['setup'];
/** Tests that a look can change run in every look; the others prove behaviour, and once is enough. */
const grep = /@look/;
/** Adds people to the demo clinic, whom tests that count them would find: it comes last. */
const CHANGES_THE_CLINIC = '**/invitations.spec.ts';

/**
 * Runs against a real web process and a real API with the demo clinic: `WEB_URL`, `API_URL`, and `CHROMIUM_PATH` where
 * the browser is not where Playwright looks. `PLAYWRIGHT_JSON_OUTPUT_FILE` names the file for the machine's report.
 */
export default defineConfig({
  testDir: './e2e',
  outputDir: process.env['PLAYWRIGHT_OUTPUT_DIR'] ?? '../.cache/playwright',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  timeout: 60_000,
  // A browser on a busy machine now and then loses a step; what fails twice is broken.
  retries: process.env['CI'] ? 1 : 0,
  expect: { timeout: 10_000 },
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['list'], ['json']] : [['list']],
  use: {
    baseURL: webUrl,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromiumPath ? { executablePath: chromiumPath } : {}),
      args: ['--no-sandbox', '--font-render-hinting=none', '--disable-gpu'],
    },
  },
  projects: [
    { name: 'setup', testMatch: '**/*.setup.ts' },
    { name: 'desktop', use: desktop, testIgnore: CHANGES_THE_CLINIC, dependencies },
    { name: 'phone', use: phone, grep, dependencies },
    {
      name: 'dark',
      use: { ...desktop, colorScheme: 'dark', contextOptions: { reducedMotion: 'reduce' } },
      grep,
      dependencies,
    },
    { name: 'forced-colors', use: { ...desktop, contextOptions: { forcedColors: 'active' } }, grep, dependencies },
    {
      name: 'changes',
      use: desktop,
      testMatch: CHANGES_THE_CLINIC,
      dependencies: ['desktop', 'phone', 'dark', 'forced-colors'],
    },
  ],
});
