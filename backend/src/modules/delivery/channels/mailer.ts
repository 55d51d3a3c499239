import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { ATTEMPT_MS, type OutcomeClass } from './delivery-channel.js';

export interface Mail {
  /** Names the message: the same at every attempt, so that a mailbox shows it once. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly urgent: boolean;
}

/** Leaves room for the goodbye within the time of an attempt. */
const SILENCE_MS = ATTEMPT_MS - 1_000;

/** Sends e-mail by `SMTP_URL`, or lays it as files into `DATA_DIR/outbox` where there is none. */
@Injectable()
export class Mailer {
  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  async send({ id, to, subject, text, urgent }: Mail): Promise<OutcomeClass> {
    const { SMTP_URL, MAIL_FROM, PUBLIC_URL } = this.environment;
    const mail: SendMailOptions = {
      from: MAIL_FROM,
      to,
      subject,
      text,
      messageId: `<${id}@${new URL(PUBLIC_URL).hostname}>`,
      ...(urgent ? { priority: 'high' } : {}),
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    };
    return SMTP_URL ? this.post(SMTP_URL, mail) : this.layDown(mail);
  }

  private async post(url: string, mail: SendMailOptions): Promise<OutcomeClass> {
    const limits = { connectionTimeout: SILENCE_MS, greetingTimeout: SILENCE_MS, socketTimeout: SILENCE_MS };
    const transport = createTransport({ url, ...limits });
    const gaveUp = AbortSignal.timeout(ATTEMPT_MS);
    gaveUp.addEventListener('abort', () => transport.close(), { once: true });
    const late = new Promise<OutcomeClass>((settle) =>
      gaveUp.addEventListener('abort', () => settle('timeout'), { once: true }),
    );
    const sent = transport.sendMail(mail).then((): OutcomeClass => 'delivered', outcomeOf);
    try {
      return await Promise.race([sent, late]);
    } finally {
      transport.close();
    }
  }

  /** A file appears whole or not at all. */
  private async layDown(mail: SendMailOptions): Promise<OutcomeClass> {
    const folder = join(resolve(this.environment.DATA_DIR), 'outbox');
    try {
      const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail(mail);
      await mkdir(folder, { recursive: true });
      const path = join(folder, `${randomUUID()}.eml`);
      await writeFile(`${path}.part`, message, { mode: 0o600 });
      await rename(`${path}.part`, path);
      return 'delivered';
    } catch {
      return 'error';
    }
  }
}

/** 5xx is the server's final word on this message; everything else may pass. */
function outcomeOf(error: unknown): OutcomeClass {
  const { responseCode, code } = error as { readonly responseCode?: number; readonly code?: string };
  if (responseCode !== undefined) return responseCode >= 500 ? 'rejected' : 'error';
  return code === 'ETIMEDOUT' ? 'timeout' : 'unreachable';
}
