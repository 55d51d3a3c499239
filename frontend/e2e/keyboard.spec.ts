import { expect, type Page, test } from '@playwright/test';
import { patientNamed } from './support/clinic';
import { asNewPerson } from './support/people';
import { CLINICIAN_STATE, DEMO_PATIENT_NAME } from './support/settings';
import { openSettled, settled, withoutLive } from './support/settled';

/** Everything that can be operated, in the order of the document. A group of radio buttons is one stop. */
const OPERABLE = 'a[href], button, input, select, textarea, summary, [tabindex]';

async function expectedStops(page: Page): Promise<string[]> {
  return page.evaluate((selector) => {
    const seenGroups = new Set<string>();
    return [...document.querySelectorAll<HTMLElement>(selector)]
      .filter((element) => element.tabIndex >= 0 && !element.matches(':disabled, [type=hidden]'))
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => {
        if (!element.matches('[type=radio]')) return true;
        const group = element.getAttribute('name') ?? '';
        return !seenGroups.has(group) && Boolean(seenGroups.add(group));
      })
      .map((element, index) => (element.dataset['stop'] = String(index)));
  }, OPERABLE);
}

interface Stop {
  readonly stop: string;
  readonly marked: boolean;
  readonly covered: boolean;
  readonly what: string;
}

/** Where the focus is, whether one can see it, and whether something lies over it. */
async function currentStop(page: Page): Promise<Stop | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement || element instanceof SVGElement)) return null;
    if (element === document.body) return null;
    const isOutlined = (candidate: Element) =>
      [null, '::before', '::after']
        .map((part) => getComputedStyle(candidate, part))
        .some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2);
    const marks = [element, element.parentElement, ...element.querySelectorAll('*')].filter((node) => node !== null);
    const box = element.getBoundingClientRect();
    const middle = { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 20) };
    const onTop = document.elementFromPoint(middle.x, middle.y);
    const related = onTop !== null && (element.contains(onTop) || onTop.contains(element));
    return {
      stop: element.dataset['stop'] ?? '',
      marked: marks.some(isOutlined),
      covered: !related,
      what: element.outerHTML.slice(0, 160),
    };
  });
}

/** Tabs from the top until the focus leaves the page; a page that never lets go is a trap. */
async function tabThrough(page: Page): Promise<Stop[]> {
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    window.scrollTo(0, 0);
  });
  const stops: Stop[] = [];
  const limit = (await expectedStops(page)).length + 3;
  for (let presses = 0; presses < limit; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = await currentStop(page);
    if (!stop || stops.some((earlier) => earlier.stop === stop.stop)) break;
    stops.push(stop);
  }
  return stops;
}

async function expectReachable(page: Page): Promise<void> {
  // The first key that is pressed lets the page sound, and what asked for it goes.
  await page.keyboard.press('Tab');
  // A part that still arrives would replace what was just numbered.
  await page.waitForLoadState('networkidle');
  await settled(page);
  const expected = await expectedStops(page);
  const stops = await tabThrough(page);
  expect(stops.map(({ stop }) => stop)).toEqual(expected);
  expect(stops.filter(({ marked }) => !marked).map(({ what }) => `no visible focus: ${what}`)).toEqual([]);
  expect(stops.filter(({ covered }) => covered).map(({ what }) => `covered: ${what}`)).toEqual([]);
}

test.beforeEach(({ page }) => withoutLive(page));

test('sign-in can be done by keyboard alone', async ({ page }) => {
  await openSettled(page, '/sign-in');
  await expectReachable(page);
});

test.describe('with the demo clinic', () => {
  test.use({ storageState: CLINICIAN_STATE });

  test('everything on the panel is reached in order, and seen to be', { tag: '@look' }, async ({ page }) => {
    await openSettled(page, '/patients');
    await expectReachable(page);
  });

  test('everything in the inbox is reached in order, and seen to be', { tag: '@look' }, async ({ page }) => {
    await openSettled(page, '/alerts');
    await expectReachable(page);
  });

  test('everything on the overview is reached in order, and seen to be', { tag: '@look' }, async ({ page }) => {
    const { id } = await patientNamed(page.request, DEMO_PATIENT_NAME);
    await openSettled(page, `/patients/${id}`);
    await expectReachable(page);
  });

  test('the first stop leads past the navigation', async ({ page }) => {
    await openSettled(page, '/patients');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#main$/);
  });

  test('the curve is read with the arrow keys', async ({ page }) => {
    const { id } = await patientNamed(page.request, DEMO_PATIENT_NAME);
    await openSettled(page, `/patients/${id}`);
    const cursor = page.getByRole('slider', { name: 'Time of day' });
    await cursor.focus();
    await page.keyboard.press('ArrowRight');
    const before = await cursor.getAttribute('aria-valuetext');
    expect(before).toMatch(/\d/);
    await page.keyboard.press('ArrowRight');
    await expect(cursor).not.toHaveAttribute('aria-valuetext', before ?? '');
    await page.keyboard.press('Tab');
    await expect(cursor).not.toBeFocused();
  });
});

test('everything on the alert settings is reached in order, and seen to be', { tag: '@look' }, async ({ page }) => {
  const id = await asNewPerson(page);
  await openSettled(page, `/patients/${id}/alert-settings`);
  await expectReachable(page);
});

test('everything on the upload page is reached in order, and seen to be', async ({ page }) => {
  const id = await asNewPerson(page);
  await openSettled(page, `/patients/${id}/upload`);
  await expectReachable(page);
});
