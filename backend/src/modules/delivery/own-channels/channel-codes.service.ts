import { createHmac, hkdfSync, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../../common/clock.js';
import { Problem } from '../../../common/problem.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { codeWords } from '../alert-texts.js';
import { Mailer } from '../channels/mailer.js';
import { ChannelCodesRepository } from './channel-codes.repository.js';
import { CODE_ATTEMPTS, type ChannelRow, RESEND_SECONDS } from './channel-rows.js';

/** As the mail says. */
const CODE_MINUTES = 15;
/** Mails an hour that one account may cause, and that one address gets, whoever asks for them. */
const MAILS_PER_USER = 10;
const MAILS_PER_ADDRESS = 5;

/** Proves that an e-mail address belongs to whoever entered it, by a code that only its mailbox sees. */
@Injectable()
export class ChannelCodesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly codes: ChannelCodesRepository,
    private readonly mailer: Mailer,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * Sets another code for a channel, in the caller's transaction, and answers how to mail it once that is committed.
   * Throws `TOO_MANY_REQUESTS` where the account or the address has had its share.
   */
  async prepare(
    manager: EntityManager,
    userId: string,
    { id, address }: { id: string; address: string },
  ): Promise<() => Promise<void>> {
    const now = this.clock.now();
    const addressHash = this.hash('alert-address', '', address);
    const { byUser, toAddress } = await this.codes.mailedInTheLastHour(manager, userId, addressHash, now);
    if (byUser >= MAILS_PER_USER || toAddress >= MAILS_PER_ADDRESS) {
      throw new Problem('TOO_MANY_REQUESTS', 'Too many codes were asked for. Try again in an hour.', [], 3_600);
    }
    await this.codes.noteMail(manager, userId, addressHash, now);
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const expiresAt = new Date(now.getTime() + CODE_MINUTES * 60_000);
    await this.codes.set(manager, id, { hash: this.hash('alert-channel-code', id, code), expiresAt, now });
    return () => this.mail(id, address, code);
  }

  /** Another code in place of the one before. Once a minute. */
  async resend(userId: string, { id, codeSentAt }: ChannelRow, address: string): Promise<void> {
    const waited = codeSentAt ? (this.clock.now().getTime() - codeSentAt.getTime()) / 1000 : RESEND_SECONDS;
    if (waited < RESEND_SECONDS) {
      const seconds = Math.ceil(RESEND_SECONDS - waited);
      throw new Problem('TOO_MANY_REQUESTS', 'A code is on its way. Ask again in a minute.', [], seconds);
    }
    const mail = await this.dataSource.transaction((manager) => this.prepare(manager, userId, { id, address }));
    await mail();
  }

  /** Throws `INVALID_INPUT` where the code is not the one, too old or tried too often. */
  async verify(channel: ChannelRow, code: string): Promise<void> {
    const now = this.clock.now();
    const expected = await this.codes.takeTry(channel.id, now);
    if (!expected) throw refused(channel.codeAttempts >= CODE_ATTEMPTS ? 'too_many_attempts' : 'expired_code');
    if (!timingSafeEqual(expected, this.hash('alert-channel-code', channel.id, code))) throw refused('wrong_code');
    await this.codes.verify(channel.id, now);
  }

  private async mail(channelId: string, address: string, code: string): Promise<void> {
    const { title, text } = codeWords(code);
    const outcome = await this.mailer.send({ id: randomUUID(), to: address, subject: title, text, urgent: false });
    if (outcome !== 'delivered') await this.codes.noteUnsent(channelId, outcome, this.clock.now());
  }

  /** Six digits or an address are soon found from a plain hash; nobody finds them without the key of this installation. */
  private hash(purpose: string, salt: string, text: string): Buffer {
    const key = Buffer.from(hkdfSync('sha256', this.environment.SECRET_KEY, salt, purpose, 32));
    return createHmac('sha256', key).update(text).digest();
  }
}

const REFUSALS = {
  wrong_code: 'This is not the code.',
  expired_code: 'The code is too old. Ask for another.',
  too_many_attempts: 'The code was tried too often. Ask for another.',
} as const;

const refused = (code: keyof typeof REFUSALS): Problem =>
  new Problem('INVALID_INPUT', REFUSALS[code], [{ path: 'code', code, message: REFUSALS[code] }]);
