import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../../common/clock.js';
import { Problem } from '../../../common/problem.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import type { Actor } from '../../auth/actor.js';
import { testWords } from '../alert-texts.js';
import { CHANNELS, type Channels } from '../channels/channels.js';
import { isCallable } from '../channels/guarded-post.js';
import { addressRulesOf, webhookSecret } from '../channels/webhook.channel.js';
import type {
  AlertChannel,
  AlertChannelChange,
  AlertChannelList,
  ChannelTest,
  CreatedAlertChannel,
  NewAlertChannel,
} from './alert-channels.schemas.js';
import { addressOf, type ChannelRow, type Target, toChannel } from './channel-rows.js';
import { ChannelCodesService } from './channel-codes.service.js';
import { OwnChannelsRepository } from './own-channels.repository.js';

const MOST_CHANNELS = 20;
const TEST_MINUTES = 15;

/** What a person can be reached by. A channel of somebody else does not exist. */
@Injectable()
export class AlertChannelsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly own: OwnChannelsRepository,
    private readonly codes: ChannelCodesService,
    @Inject(CHANNELS) private readonly channels: Channels,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async list({ userId }: Actor): Promise<AlertChannelList> {
    return { items: (await this.own.of(userId)).map(toChannel) };
  }

  /** An address gets its code at once. A browser that is known already is renewed. */
  async create({ userId }: Actor, request: NewAlertChannel): Promise<CreatedAlertChannel> {
    const target = this.targetOf(request);
    const { kind, label, content, quietHours, timeZone } = request;
    const wanted = { kind, target, label, content, quietHours, timeZone };
    const { id, mailCode } = await this.dataSource.transaction(async (manager) => {
      await this.own.holdUser(manager, userId);
      const present = await this.own.of(userId, manager);
      const same = present.find((one) => one.kind === kind && addressOf(one.target) === addressOf(target));
      if (same && kind !== 'web-push') throw new Problem('CONFLICT', 'You have this channel already.');
      if (!same && present.length >= MOST_CHANNELS) throw new Problem('CONFLICT', `${MOST_CHANNELS} channels at most.`);
      if ('endpoint' in target) await this.own.takeOver(manager, userId, target.endpoint, this.clock.now());
      if (same) {
        await this.own.renew(manager, userId, same.id, wanted);
        return { id: same.id, mailCode: undefined };
      }
      const added = await this.own.insert(manager, userId, wanted, this.clock.now());
      if (!('address' in target)) return { id: added, mailCode: undefined };
      return { id: added, mailCode: await this.codes.prepare(manager, userId, { id: added, address: target.address }) };
    });
    await mailCode?.();
    return { ...toChannel(await this.demand(userId, id)), secret: kind === 'webhook' ? this.secretOf(id) : null };
  }

  async verify({ userId }: Actor, channelId: string, code: string): Promise<AlertChannel> {
    await this.codes.verify(await this.demandUnverifiedAddress(userId, channelId), code);
    return toChannel(await this.demand(userId, channelId));
  }

  async sendCode({ userId }: Actor, channelId: string): Promise<AlertChannel> {
    const channel = await this.demandUnverifiedAddress(userId, channelId);
    await this.codes.resend(userId, channel, addressOf(channel.target));
    return toChannel(await this.demand(userId, channelId));
  }

  async change({ userId }: Actor, channelId: string, change: AlertChannelChange): Promise<AlertChannel> {
    await this.own.change(userId, channelId, change);
    return toChannel(await this.demand(userId, channelId));
  }

  async remove({ userId }: Actor, channelId: string): Promise<void> {
    if (!(await this.own.remove(userId, channelId, this.clock.now()))) throw noSuchChannel();
  }

  /** Sends a message that looks like an alert's and says that it is none, and tells how that went. */
  async test({ userId }: Actor, channelId: string): Promise<ChannelTest> {
    const tested = await this.own.find(userId, channelId);
    if (!tested) throw untestable('removed');
    const { kind, target, verifiedAt } = tested;
    // An address that is not proved gets codes, which are counted, and nothing else.
    if (kind === 'email' && verifiedAt === null) throw untestable('not_verified');
    const sentAt = this.clock.now();
    const start = performance.now();
    const outcome = await this.channels[kind].send(channelId, target, {
      ...testWords(),
      idempotencyKey: randomUUID(),
      kind: 'test',
      severity: 'info',
      url: new URL('/', this.environment.PUBLIC_URL).href,
      alertId: null,
      sentAt,
      expiresAt: new Date(sentAt.getTime() + TEST_MINUTES * 60_000),
    });
    const milliseconds = Math.round(performance.now() - start);
    await this.own.noteTest(channelId, outcome, this.clock.now());
    const now = await this.own.find(userId, channelId);
    if (!now) throw untestable('removed_meanwhile');
    // It arrived, and no alert would: that is nothing to rely on.
    if (outcome === 'delivered' && now.disabledAt !== null) throw untestable('taken_over');
    if (outcome === 'delivered' && now.verifiedAt === null) throw untestable('not_verified_any_more');
    return { outcome, milliseconds, channel: toChannel(now) };
  }

  async secret({ userId }: Actor, channelId: string): Promise<string> {
    const { kind } = await this.demand(userId, channelId);
    if (kind !== 'webhook') throw new Problem('NOT_FOUND', 'Only a webhook has a secret.');
    return this.secretOf(channelId);
  }

  private secretOf(channelId: string): string {
    return webhookSecret(this.environment.SECRET_KEY, channelId);
  }

  private targetOf(request: NewAlertChannel): Target {
    if (request.kind === 'email') return { address: request.address };
    if (request.kind === 'webhook') return { url: this.callable(request.url, 'url') };
    const { endpoint, keys } = request.subscription;
    return { endpoint: this.callable(endpoint, 'subscription.endpoint'), ...keys };
  }

  /** Only the form is looked at here: the name is resolved and its addresses judged at each attempt. */
  private callable(url: string, path: string): string {
    if (isCallable(url, addressRulesOf(this.environment))) return url;
    const message = 'An https address without a user name or a password.';
    throw new Problem('INVALID_INPUT', 'This address is not called.', [{ path, code: 'not_callable', message }]);
  }

  private async demand(userId: string, channelId: string): Promise<ChannelRow> {
    const channel = await this.own.find(userId, channelId);
    if (!channel) throw noSuchChannel();
    return channel;
  }

  private async demandUnverifiedAddress(userId: string, channelId: string): Promise<ChannelRow> {
    const channel = await this.demand(userId, channelId);
    if (channel.kind !== 'email' || channel.verifiedAt !== null) {
      throw new Problem('CONFLICT', 'There is no address to verify.');
    }
    return channel;
  }
}

/** Why a test says nothing good of a channel, whatever came of sending it. The codes are API. */
const UNTESTABLE = {
  removed: ['NOT_FOUND', 'This channel was removed. Nothing was sent.'],
  removed_meanwhile: [
    'NOT_FOUND',
    'The channel was removed while the test was under way. No alert goes there any more.',
  ],
  not_verified: ['CONFLICT', 'The address is not verified. Nothing was sent.'],
  not_verified_any_more: ['CONFLICT', 'The address is not verified any more. No alert goes there.'],
  taken_over: ['CONFLICT', 'The test arrived, but somebody else uses this browser now. No alert goes there.'],
} as const;

function untestable(code: keyof typeof UNTESTABLE): Problem {
  const [problem, message] = UNTESTABLE[code];
  return new Problem(problem, message, [{ path: 'channelId', code, message }]);
}

const noSuchChannel = (): Problem => new Problem('NOT_FOUND', 'There is no such channel.');
