import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** How the server answers a message: takes it, or refuses it with a code of SMTP, or falls silent. */
export type MailBehaviour = 'take' | 'hang' | number;

interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** The message as it came over the wire. */
  readonly source: string;
  readonly signedInAs: string | undefined;
}

/** A server that speaks SMTP on this machine and asks for a login, one behaviour a message, and well after the last. */
export async function startMailServer(behaviours: readonly MailBehaviour[] = []) {
  const offered: ReceivedMail[] = [];
  const taken: ReceivedMail[] = [];
  const server = new SMTPServer({
    // Its certificate would be nobody's.
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      password === 'a password' ? done(null, { user: username }) : done(new Error('who are you')),
    onData(stream, { envelope, user }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = envelope;
        const mail = {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString('utf8'),
          signedInAs: user === undefined ? undefined : String(user),
        };
        const behaviour = behaviours[offered.length] ?? 'take';
        offered.push(mail);
        if (behaviour === 'hang') return;
        if (behaviour !== 'take') return done(Object.assign(new Error('not now'), { responseCode: behaviour }));
        taken.push(mail);
        done(null);
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://alerts:a%20password@127.0.0.1:${port}`,
    /** Every message that came, and those that were taken. */
    offered,
    taken,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

/** Fields of a header by their names in small letters, unfolded, and the text below it. */
export function readMail(source: string): { readonly fields: Readonly<Record<string, string>>; readonly text: string } {
  const end = source.indexOf('\r\n\r\n');
  const lines = source
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const fields = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 1).trim(),
  ]);
  return { fields: Object.fromEntries(fields), text: source.slice(end + 4) };
}
