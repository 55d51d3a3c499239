import { mkdtempSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A data folder of its own, whose mails can be read back. Hand `DATA_DIR` to the application. */
export function ownOutbox() {
  const folder = mkdtempSync(join(tmpdir(), 'glucolens-outbox-'));
  return {
    DATA_DIR: folder,
    /** The mails to one address, in no order. */
    async mailsTo(address: string): Promise<string[]> {
      const names = await readdir(join(folder, 'outbox')).catch(() => []);
      const mails = await Promise.all(names.map((name) => readFile(join(folder, 'outbox', name), 'utf8')));
      return mails.filter((mail) => mail.includes(`To: ${address}\r\n`));
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The six digits in a mail's subject. */
export const codeIn = (mail: string | undefined): string => /^Subject: (\d{6}) /m.exec(mail ?? '')?.[1] ?? 'no code';
