import { test as setup } from '@playwright/test';
import { openSession } from './support/people';
import { CLINICIAN_STATE, DEMO_CLINICIAN } from './support/settings';

setup('the demo clinician signs in', async ({ request }) => {
  await openSession(request, DEMO_CLINICIAN);
  await request.storageState({ path: CLINICIAN_STATE });
});
