import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { DEMO_PASSWORD } from './demo.mjs';
import { ROOT } from './paths.mjs';

const FOLDER = join(ROOT, 'docs/images');
const CLINICIAN = 'clinician@demo.glucolens.dev';
const PATIENT = 'Rosa Delgado';

/** Remakes the pictures of the documentation from a running demo: `node infra/local/screenshots.mjs [URL]`. */
async function takeScreenshots(web) {
  const { chromium } = createRequire(join(ROOT, 'frontend/package.json'))('@playwright/test');
  const executablePath = await findChromium();
  if (!executablePath) throw new Error('No browser found. Set CHROMIUM_PATH.');
  const args = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const viewport = { width: 1440, height: 900 };
    const context = await browser.newContext({ baseURL: web, viewport, locale: 'en-GB', colorScheme: 'light' });
    await signIn(context.request);
    const { items } = await (await context.request.get('/api/v1/patients?limit=1000')).json();
    const patient = items.find(({ displayName }) => displayName === PATIENT);
    if (!patient) throw new Error(`${PATIENT} is not in the demo clinic.`);
    const page = await context.newPage();
    mkdirSync(FOLDER, { recursive: true });
    await shoot(page, '/patients', 'patients.png');
    await shoot(page, `/patients/${patient.id}?days=14`, 'patient-overview.png');
  } finally {
    await browser.close();
  }
}

async function signIn(request) {
  const headers = { 'sec-fetch-site': 'same-origin' };
  const answer = await request.post('/api/session', { data: { email: CLINICIAN, password: DEMO_PASSWORD }, headers });
  if (!answer.ok()) throw new Error(`Sign-in answered ${answer.status()}.`);
}

async function shoot(page, address, name) {
  await page.goto(address, { waitUntil: 'networkidle' });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const path = join(FOLDER, name);
  await page.screenshot({ path });
  process.stdout.write(`${path}\n`);
}

await takeScreenshots(process.argv[2] ?? 'http://localhost:3000');
