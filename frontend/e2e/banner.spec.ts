import { randomUUID } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import { axeViolations } from './support/axe';
import { FALLING_LOW, personGoneLow, sendReadings } from './support/alerts';
import { asNewPerson } from './support/people';
import { openSettled } from './support/settled';

const banner = (page: Page) => page.getByRole('region', { name: 'Alerts that nobody has answered' });
const soundButton = (page: Page) => page.getByRole('banner').getByRole('button', { name: /Sound is/ });

/** Counts the tones that a page plays. To a browser what a test evaluates is a touch, which is hidden here. */
async function countTones(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: false, isActive: false } });
    const start = OscillatorNode.prototype.start;
    Reflect.set(globalThis, 'tones', 0);
    OscillatorNode.prototype.start = function (when?: number) {
      Reflect.set(globalThis, 'tones', Number(Reflect.get(globalThis, 'tones')) + 1);
      start.call(this, when);
    };
  });
  return () => page.evaluate(() => Number(Reflect.get(globalThis, 'tones')));
}

test('an alert stands on whichever page is open and sounds, until the server has confirmed that somebody answers', async ({
  page,
}) => {
  const tones = await countTones(page);
  const patientId = await asNewPerson(page, 'Kim Falling');
  await openSettled(page, `/patients/${patientId}`);
  await expect(soundButton(page)).toHaveAttribute('data-sound', 'blocked');
  await soundButton(page).click();
  await expect(soundButton(page)).toHaveAttribute('data-sound', 'on');
  await expect.poll(tones).toBeGreaterThan(0);
  const before = await tones();

  await sendReadings(page.request, patientId, FALLING_LOW);
  await expect(banner(page)).toContainText('Kim Falling: urgently low, below 54 mg/dL', { timeout: 40_000 });
  await expect(banner(page).getByRole('group', { name: 'Latest glucose' })).toContainText('50');
  await expect(page).toHaveTitle(/^\(\d+\) /);
  await expect.poll(tones).toBeGreaterThan(before);
  expect(await axeViolations(page)).toEqual([]);

  let confirm = () => {};
  const held = new Promise<void>((resolve) => (confirm = resolve));
  await page.route('**/acknowledge', async (route) => {
    await held;
    await route.continue();
  });
  const urgent = banner(page).getByText('urgently low');
  await banner(page).getByRole('button', { name: 'Acknowledge: Kim Falling, Urgent low' }).click();
  await expect(banner(page).getByRole('button', { name: /^Waiting for the server/ })).toBeVisible();
  await expect(urgent).toBeVisible();
  confirm();
  await expect(urgent).toHaveCount(0);
});

test('says that the browser blocks the sound, and sounds once it is turned on there', async ({ browser }) => {
  const { page, patientId } = await personGoneLow(browser);
  const tones = await countTones(page);
  await openSettled(page, `/patients/${patientId}`);
  await expect(banner(page)).toContainText('Sound is blocked by the browser');
  expect(await tones()).toBe(0);
  await banner(page).getByRole('button', { name: 'Turn on sound' }).click();
  await expect(soundButton(page)).toHaveAttribute('data-sound', 'on');
  await expect.poll(tones).toBeGreaterThan(0);
  await expect(banner(page)).not.toContainText('blocked');
});

test('of several tabs one sounds, and another takes over when it is closed', async ({ page, context }) => {
  const patientId = await asNewPerson(page);
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await openSettled(tab, `/patients/${patientId}`);
    await tab.getByRole('heading', { level: 1 }).click();
  }
  await expect(soundButton(page)).toHaveAttribute('data-sound', 'on');
  await expect(soundButton(other)).toHaveAttribute('data-sound', 'elsewhere');
  await page.close();
  await expect(soundButton(other)).toHaveAttribute('data-sound', 'on');
  await soundButton(other).click();
  await expect(soundButton(other)).toHaveAttribute('data-sound', 'off');
});

test('without a network the banner says how old it is, and nothing can be acknowledged', async ({ browser }) => {
  const { page, patientId } = await personGoneLow(browser);
  await openSettled(page, `/patients/${patientId}`);
  const acknowledge = banner(page).getByRole('button', { name: /^Acknowledge/ });
  await expect(acknowledge).toBeEnabled();
  await page.context().setOffline(true);
  await expect(banner(page)).toContainText(/Offline – showing data to \d\d:\d\d/);
  await expect(acknowledge).toHaveAttribute('aria-disabled', 'true');
});

test.describe('when another alert takes the place of one', () => {
  const acknowledge = (page: Page, name: string) =>
    banner(page).getByRole('button', { name: `Acknowledge: ${name}, Urgent low` });

  /** A page whose server tells of whatever alerts `tell` makes of the person's own one. */
  async function told(page: Page) {
    let tell = (own: Record<string, unknown>): object[] => [own];
    let own: Record<string, unknown> | undefined;
    await page.route(
      ({ pathname }) => pathname === '/api/v1/alerts',
      async (route) => {
        const answer = await route.fetch();
        const inbox = await answer.json();
        own ??= inbox.items.find(({ rule }: { rule: string }) => rule === 'urgent-low');
        await route.fulfill({ response: answer, json: { ...inbox, items: own ? tell(own) : [] } });
      },
    );
    return async (change: typeof tell) => {
      tell = change;
      await page.evaluate(() => dispatchEvent(new Event('online')));
    };
  }

  test('it waits while a hand is at the banner', async ({ browser }) => {
    const { page, patientId } = await personGoneLow(browser, 'Kim Falling');
    const other = { id: randomUUID(), patientDisplayName: 'Kim Other' };
    const tell = await told(page);
    await openSettled(page, `/patients/${patientId}`);
    await acknowledge(page, 'Kim Falling').hover();
    await tell((own) => [{ ...own, ...other }, own]);
    await expect(banner(page).getByRole('link', { name: /1 more/ })).toBeVisible();
    await expect(acknowledge(page, 'Kim Falling')).toBeVisible();
    await page.mouse.move(5, 895);
    await expect(acknowledge(page, 'Kim Other')).toBeVisible();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  test('it is not answered by a press that was meant for that one, and has the focus next', async ({ browser }) => {
    const { page, patientId } = await personGoneLow(browser, 'Kim Falling');
    const other = { id: randomUUID(), patientDisplayName: 'Kim Other' };
    let answers = 0;
    await page.route(`**/alerts/${other.id}/acknowledge`, (route) => {
      answers += 1;
      return route.fulfill({ json: {} });
    });
    const tell = await told(page);
    await openSettled(page, `/patients/${patientId}`);
    await expect(acknowledge(page, 'Kim Falling')).toBeVisible();
    await tell((own) => [own, { ...own, ...other }]);
    await expect(banner(page).getByRole('link', { name: /1 more/ })).toBeVisible();
    await page.evaluate(() => {
      const look = new MutationObserver(() => {
        const next = document.querySelector<HTMLElement>('button[aria-label="Acknowledge: Kim Other, Urgent low"]');
        if (!next) return;
        look.disconnect();
        next.click();
        Reflect.set(globalThis, 'pressed', true);
      });
      look.observe(document.body, { childList: true, subtree: true });
    });
    await tell((own) => [own, { ...own, ...other }]);
    await acknowledge(page, 'Kim Falling').focus();
    await page.keyboard.press('Enter');
    await tell((own) => [{ ...own, ...other }]);
    await expect(acknowledge(page, 'Kim Other')).toBeFocused();
    expect(await page.evaluate(() => Reflect.get(globalThis, 'pressed'))).toBe(true);
    expect(answers).toBe(0);

    await page.waitForTimeout(800);
    await page.keyboard.press('Enter');
    await expect.poll(() => answers).toBe(1);
    await tell(() => []);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });
});

test('an alert stands in the title of a tab that nobody looks at as soon as it is opened', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Document.prototype, 'visibilityState', { get: () => 'hidden' });
    // Nothing is asked now and then: what comes was told.
    const real = setTimeout;
    Object.assign(globalThis, {
      setTimeout: (act: () => void, milliseconds = 0) => (milliseconds === 30_000 ? 0 : real(act, milliseconds)),
    });
  });
  const patientId = await asNewPerson(page);
  await openSettled(page, `/patients/${patientId}`);
  await expect(page.locator('[data-connection="live"]')).toBeVisible();
  await sendReadings(page.request, patientId, FALLING_LOW);
  await expect(page).toHaveTitle(/^\(\d+\) /, { timeout: 40_000 });
});
