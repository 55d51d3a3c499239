import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a push service was sent and holds for a browser; `text` is what only that browser can read. */
export interface PushedMessage {
  readonly headers: IncomingHttpHeaders;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/**
 * A push service on this machine that speaks RFC 8030 and refuses what it does not allow: one status a message, 201 after
 * the last. It refuses senders whose VAPID token (RFC 8292) it cannot verify, whatever it was told to answer.
 */
export async function startPushService(statuses: readonly number[] = []) {
  const pushed: PushedMessage[] = [];
  const refused: string[] = [];
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      try {
        const claims = verifiedClaims(request.headers.authorization ?? '', `http://${request.headers.host}`);
        checkRequest(request.headers);
        const status = statuses[pushed.length] ?? 201;
        pushed.push({ headers: request.headers, claims, body: Buffer.concat(chunks) });
        reply.writeHead(status).end();
      } catch (error) {
        refused.push(error instanceof Error ? error.message : String(error));
        reply.writeHead(400).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}/push/${randomBytes(8).toString('hex')}`,
    pushed,
    /** Why messages were not even looked at. */
    refused,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The browser's side of a subscription: keys that never leave it. */
export class Browser {
  private readonly ecdh: ECDH = createECDH('prime256v1');
  private readonly auth = randomBytes(16);
  private readonly publicKey = this.ecdh.generateKeys();

  /** What a page hands to its server. */
  subscriptionAt(endpoint: string) {
    return { endpoint, p256dh: this.publicKey.toString('base64url'), auth: this.auth.toString('base64url') };
  }

  /** Opens a body of RFC 8188 by the keys of RFC 8291; throws where a bit of it is wrong. */
  read(body: Buffer): unknown {
    const salt = body.subarray(0, 16);
    const recordSize = body.readUInt32BE(16);
    const keyLength = body.readUInt8(20);
    const sender = body.subarray(21, 21 + keyLength);
    const record = body.subarray(21 + keyLength);
    if (record.length > recordSize) throw new Error('more than one record');
    const shared = this.ecdh.computeSecret(sender);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.publicKey, sender]);
    const input = Buffer.from(hkdfSync('sha256', shared, this.auth, info, 32));
    const derive = (label: string, bytes: number) =>
      Buffer.from(hkdfSync('sha256', input, salt, `Content-Encoding: ${label}\0`, bytes));
    const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
    decipher.setAuthTag(record.subarray(-16));
    const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
    const delimiter = padded.findLastIndex((byte) => byte !== 0);
    if (padded[delimiter] !== 2) throw new Error('the last record is not marked as such');
    return JSON.parse(padded.subarray(0, delimiter).toString('utf8'));
  }
}

const BASE64URL_32 = /^[\w-]{1,32}$/;

function checkRequest({ ttl, urgency, topic, 'content-encoding': encoding }: IncomingHttpHeaders): void {
  if (!/^\d+$/.test(String(ttl))) throw new Error('no TTL');
  if (!['very-low', 'low', 'normal', 'high'].includes(String(urgency))) throw new Error('unknown urgency');
  if (topic !== undefined && !BASE64URL_32.test(String(topic))) throw new Error('no such topic');
  if (encoding !== 'aes128gcm') throw new Error('unknown encoding');
}

/** The claims of a VAPID header, once its signature and what RFC 8292 asks of them hold. */
function verifiedClaims(authorization: string, origin: string): Record<string, unknown> {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  const [head = '', payload = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  if (point.length !== 65 || point[0] !== 4) throw new Error('the key is no uncompressed point');
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')];
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const signed = Buffer.from(`${head}.${payload}`);
  const ok = verify(
    'sha256',
    signed,
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!ok) throw new Error('the signature is wrong');
  const parsed = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  if (parsed(head)['alg'] !== 'ES256') throw new Error('not ES256');
  const claims = parsed(payload);
  const { aud, exp, sub } = claims;
  const seconds = Date.now() / 1000;
  if (aud !== origin) throw new Error('meant for somebody else');
  if (typeof exp !== 'number' || exp <= seconds || exp > seconds + 86_400) throw new Error('no time within a day');
  if (!/^(mailto:|https:)/.test(String(sub))) throw new Error('nobody to turn to');
  return { ...claims, key };
}
