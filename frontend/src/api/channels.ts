import 'server-only';
import { checked, get, send } from './client';
import type {
  AlertChannel,
  AlertChannelChange,
  AlertChannelList,
  ChannelSecret,
  ChannelTest,
  CreatedAlertChannel,
  NewAlertChannel,
  VapidKey,
} from './types';

const PATH = '/api/v1/alert-channels';
const pathOf = (id: string): string => `${PATH}/${checked(id)}`;

/** Where alerts go for whoever is signed in, oldest first. */
export async function getChannels(): Promise<readonly AlertChannel[]> {
  return (await get<AlertChannelList>(PATH)).items;
}

/** What a browser subscribes with, base64url. */
export async function getPushKey(): Promise<string> {
  return (await get<VapidKey>(`${PATH}/vapid-key`)).publicKey;
}

/** All of these throw an `ApiProblem` for whatever is refused. */
export async function addChannel(channel: NewAlertChannel): Promise<CreatedAlertChannel> {
  return (await (await send('POST', PATH, channel)).json()) as CreatedAlertChannel;
}

export async function changeChannel(id: string, change: AlertChannelChange): Promise<void> {
  await send('PATCH', pathOf(id), change);
}

export async function removeChannel(id: string): Promise<void> {
  await send('DELETE', pathOf(id));
}

export async function verifyChannel(id: string, code: string): Promise<void> {
  await send('POST', `${pathOf(id)}/verify`, { code });
}

export async function sendCode(id: string): Promise<void> {
  await send('POST', `${pathOf(id)}/code`);
}

export async function testChannel(id: string): Promise<ChannelTest> {
  return (await (await send('POST', `${pathOf(id)}/test`)).json()) as ChannelTest;
}

export async function secretOf(id: string): Promise<string> {
  return ((await (await send('GET', `${pathOf(id)}/secret`)).json()) as ChannelSecret).secret;
}
