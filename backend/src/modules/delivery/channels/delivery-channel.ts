import type { Severity } from '../../../domain/alerts/severity.js';

/** Ways to reach a person. `live` is the open page; the others are set up by the person. */
export const CHANNEL_KINDS = ['live', 'web-push', 'email', 'webhook'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** How an attempt went. The classes are API, and say nothing of the address. `no-page`: no page of the person was open. */
export const OUTCOME_CLASSES = [
  'delivered',
  'timeout',
  'unreachable',
  'redirected',
  'address-refused',
  'answered-4xx',
  'answered-5xx',
  'gone',
  'rejected',
  'error',
  'no-page',
] as const;
export type OutcomeClass = (typeof OUTCOME_CLASSES)[number];

/** After these another attempt cannot end otherwise. */
const FINAL: ReadonlySet<OutcomeClass> = new Set(['address-refused', 'gone', 'rejected']);
export const isFinal = (outcome: OutcomeClass): boolean => FINAL.has(outcome);

/** What a channel carries to one person. */
export interface AlertMessage {
  /** The same at every attempt: a receiver that has seen it has seen the message. */
  readonly idempotencyKey: string;
  readonly kind: 'alert' | 'test';
  readonly severity: Severity;
  readonly title: string;
  readonly text: string;
  /** Where the person can answer. */
  readonly url: string;
  /** The alert, unless it is a test. An id says nothing to whoever may not read the alert. */
  readonly alertId: string | null;
  readonly sentAt: Date;
  readonly expiresAt: Date;
}

/** One way to reach people. An attempt never throws and never lasts longer than `ATTEMPT_MS`. */
export abstract class DeliveryChannel {
  abstract readonly kind: ChannelKind;
  /** @param target what was stored of the channel, in a shape of its own kind */
  abstract send(channelId: string, target: unknown, message: AlertMessage): Promise<OutcomeClass>;
}

/** The longest that one attempt may last. */
export const ATTEMPT_MS = 10_000;
