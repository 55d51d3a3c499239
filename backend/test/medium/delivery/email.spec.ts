import { newPatientUser } from '../../factories/patients.js';
import { readMail, startMailServer } from '../../support/mail-server.js';
import { newChannel, newSounding, timelineOf, withDelivery } from './setup.js';

/** Refuses one for a moment and one for good, as servers do. */
let server: Awaited<ReturnType<typeof startMailServer>>;
const PUBLIC_URL = 'https://clinic.example';

let delivery: ReturnType<typeof withDelivery>;
beforeAll(async () => {
  server = await startMailServer([451, 'take', 'take', 550, 'hang']);
  delivery = withDelivery({ SMTP_URL: server.url, PUBLIC_URL, MAIL_FROM: 'GlucoLens <alerts@clinic.example>' });
  await delivery.open();
});
afterEach(() => delivery.test.clock.run());
afterAll(async () => {
  await delivery.close();
  await server.close();
});

/** Somebody whose low has sounded and who is told by e-mail. */
async function lowOf(address: string, content: 'private' | 'full' = 'private') {
  const { id, patientId } = await newPatientUser(delivery.database, { displayName: 'Ada Example' });
  await newChannel(delivery.database, id, 'email', { address }, { content, timeZone: 'Europe/Berlin' });
  const { episodeId } = await newSounding(delivery.database, patientId, { severity: 'urgent' });
  return episodeId;
}

const attempts = async (episodeId: string) =>
  (await timelineOf(delivery.database, episodeId)).filter((one) => one.includes(' email '));

it('sends a mail that tells nothing to whoever else sees it, again under the same id where the server asked for patience', async () => {
  const episodeId = await lowOf('ada@example.org');
  await delivery.deliver();
  delivery.test.clock.advance(5_000);
  await delivery.deliver();

  expect(await attempts(episodeId)).toEqual(['delivery-attempt email error', 'delivery-attempt email delivered']);
  const [first, second] = server.offered;
  expect(second).toMatchObject({ from: 'alerts@clinic.example', to: ['ada@example.org'], signedInAs: 'alerts' });
  const { fields, text } = readMail(second?.source ?? '');
  expect(fields['message-id']).toBe(readMail(first?.source ?? '').fields['message-id']);
  expect(fields).toMatchObject({
    from: 'GlucoLens <alerts@clinic.example>',
    to: 'ada@example.org',
    subject: 'GlucoLens: an alert needs you',
    importance: 'High',
    'auto-submitted': 'auto-generated',
  });
  expect(text).toContain(`${PUBLIC_URL}/alerts/${episodeId}`);
  expect(second?.source).not.toMatch(/Ada|64 mg|is low/);
});

it('says who and what to the person who chose that', async () => {
  const episodeId = await lowOf('eve@example.org', 'full');
  await delivery.deliver();
  expect(await attempts(episodeId)).toEqual(['delivery-attempt email delivered']);
  const { fields, text } = readMail(server.taken.at(-1)?.source ?? '');
  expect(fields['subject']).toBe('Urgent: Ada Example, glucose is low');
  expect(text).toMatch(/^64 mg\/dL at \d\d:\d\d (GMT\+[12]|CES?T)/);
});

it('takes the final word of a server for it, and tries a silent one again', async () => {
  const refused = await lowOf('nobody@example.org');
  await delivery.deliver();
  expect(await attempts(refused)).toEqual(['delivery-attempt email rejected']);
  const delayed = await lowOf('slow@example.org');
  await delivery.deliver();
  delivery.test.clock.advance(5_000);
  await delivery.deliver();
  expect(await attempts(delayed)).toEqual(['delivery-attempt email timeout', 'delivery-attempt email delivered']);
  expect(server.taken.at(-1)?.to).toEqual(['slow@example.org']);
});
