import type { ChannelKind, DeliveryChannel } from './delivery-channel.js';

/** Injection token of every channel there is, by its kind. */
export const CHANNELS = Symbol('DeliveryChannels');
export type Channels = Readonly<Record<ChannelKind, DeliveryChannel>>;
