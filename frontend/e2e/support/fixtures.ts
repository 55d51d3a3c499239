import { test as base } from '@playwright/test';
import { FailingWeb } from './failing-web';

/** `failingWeb` is started by the first test that asks for it, and shared by those of one worker. */
export const test = base.extend<object, { failingWeb: FailingWeb }>({
  failingWeb: [
    async ({ browserName: _ }, use) => {
      const web = await FailingWeb.start();
      await use(web);
      await web.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

export { expect } from '@playwright/test';
