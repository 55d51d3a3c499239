import { expect, type Page, test } from '@playwright/test';
import { clinicOf, panel, patientNamed } from './support/clinic';
import { CLINICIAN_STATE, DEMO_PATIENT_NAME } from './support/settings';
import { openSettled } from './support/settled';

test.use({ storageState: CLINICIAN_STATE });

/** Pairs of texts inside one graphic whose boxes meet, by more than the rounding of a pixel. */
async function overlappingTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const TOLERANCE = 1;
    const found: string[] = [];
    for (const svg of document.querySelectorAll('svg')) {
      const texts = [...svg.querySelectorAll('text')]
        .filter((text) => text.checkVisibility({ visibilityProperty: true }) && (text.textContent ?? '').trim() !== '')
        .map((text) => ({ words: text.textContent ?? '', box: text.getBoundingClientRect() }));
      texts.forEach((one, index) => {
        for (const other of texts.slice(index + 1)) {
          const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
          const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
          if (across > TOLERANCE && down > TOLERANCE) found.push(`"${one.words}" and "${other.words}"`);
        }
      });
    }
    return found;
  });
}

test('no two texts of a graphic overlap, from the most urgent to the calmest', { tag: '@look' }, async ({ page }) => {
  test.setTimeout(180_000);
  const { items } = await panel(page.request);
  for (const [index, { id }] of items.filter((_, place) => place % 4 === 0).entries()) {
    await openSettled(page, `/patients/${id}?unit=${index % 2 ? 'mmoll' : 'mgdl'}`);
    await page.getByRole('heading', { name: 'Time in ranges' }).waitFor();
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    expect(await overlappingTexts(page), id).toEqual([]);
  }
});

test('nothing runs off a screen of 320 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const { id } = await patientNamed(page.request, DEMO_PATIENT_NAME);
  const patient = `/patients/${id}`;
  const addresses = [
    '/patients',
    '/patients?query=nobody',
    patient,
    `${patient}/upload`,
    `${patient}/alert-settings`,
    `${patient}/findings`,
    `${patient}/forecast`,
    `/clinics/${await clinicOf(page.request)}/alert-settings`,
    `/clinics/${await clinicOf(page.request)}/on-call`,
    '/account/alerts',
    '/alerts',
    '/alerts?state=all',
  ];
  for (const address of addresses) {
    await openSettled(page, address);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), address).toBeLessThanOrEqual(320);
  }
  await page.context().clearCookies();
  await openSettled(page, '/sign-in');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test('what is operated is at least 24 pixels wide and high', { tag: '@look' }, async ({ page }) => {
  const { id } = await patientNamed(page.request, DEMO_PATIENT_NAME);
  for (const address of [
    '/patients',
    `/patients/${id}`,
    `/patients/${id}/upload`,
    `/patients/${id}/alert-settings`,
    '/alerts',
  ]) {
    await openSettled(page, address);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, summary, nav a, .button, input:not([type=hidden]), select')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .map((element) => ({ box: element.getBoundingClientRect(), what: element.outerHTML.slice(0, 120) }))
        .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
        .map(({ box, what }) => `${Math.round(box.width)}×${Math.round(box.height)} ${what}`),
    );
    expect(small, address).toEqual([]);
  }
});

test('nothing moves for people who asked for that', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { id } = await patientNamed(page.request, DEMO_PATIENT_NAME);
  await openSettled(page, `/patients/${id}`);
  const running = await page.evaluate(
    () => document.getAnimations().filter((animation) => animation.playState === 'running').length,
  );
  expect(running).toBe(0);
});

test.describe('on paper', () => {
  const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page(?![a-zA-Z])/g)?.length ?? 0;

  for (const format of ['A4', 'Letter']) {
    test(`the overview is one page of ${format}, tagged for screen readers`, async ({ page }) => {
      const { id } = await patientNamed(page.request, DEMO_PATIENT_NAME);
      await openSettled(page, `/patients/${id}?days=14`);
      const pdf = await page.pdf({ format, preferCSSPageSize: format === 'A4', printBackground: true, tagged: true });
      expect(pagesOf(pdf)).toBe(1);
      expect(pdf.toString('latin1')).toContain('/StructTreeRoot');
    });
  }
});
