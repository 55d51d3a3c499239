import { createCipheriv, createECDH, createHmac, randomBytes } from 'node:crypto';

/** What a browser hands out for being written to: its public key on P-256 and a shared secret of 16 bytes. */
export interface PushKeys {
  readonly p256dh: Buffer;
  readonly auth: Buffer;
}

/** One record holds every message of ours; push services take 4,096 bytes. */
const RECORD_BYTES = 4_096;
const TAG_BYTES = 16;

const hmac = (key: Buffer, ...parts: readonly Buffer[]): Buffer =>
  createHmac('sha256', key).update(Buffer.concat(parts)).digest();

/** Whether some bytes are a public key that a browser may have: a point of its curve, uncompressed. */
export function isPushKey(p256dh: Buffer): boolean {
  if (p256dh.length !== 65 || p256dh[0] !== 4) return false;
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  try {
    ecdh.computeSecret(p256dh);
    return true;
  } catch {
    return false;
  }
}

/** HKDF with one block of output, as RFC 8291 spells it out. */
const derived = (salt: Buffer, key: Buffer, info: Buffer, bytes: number): Buffer =>
  hmac(hmac(salt, key), info, Buffer.from([1])).subarray(0, bytes);

/**
 * A message for one browser that nobody on the way can read (RFC 8291 over `aes128gcm` of RFC 8188). `ephemeral` and
 * `salt` are given by tests alone.
 */
export function encryptPush(
  plain: Buffer,
  { p256dh, auth }: PushKeys,
  ephemeral: Buffer | null = null,
  salt: Buffer = randomBytes(16),
): Buffer {
  const ecdh = createECDH('prime256v1');
  if (ephemeral) ecdh.setPrivateKey(ephemeral);
  else ecdh.generateKeys();
  const own = ecdh.getPublicKey();
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, own]);
  const key = derived(auth, ecdh.computeSecret(p256dh), info, 32);
  const cipherKey = derived(salt, key, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derived(salt, key, Buffer.from('Content-Encoding: nonce\0'), 12);
  // The delimiter says that this record is the last one.
  const record = Buffer.concat([plain, Buffer.from([2])]);
  if (record.length + TAG_BYTES > RECORD_BYTES) throw new RangeError('the message does not fit into one record');
  const cipher = createCipheriv('aes-128-gcm', cipherKey, nonce);
  const sealed = Buffer.concat([cipher.update(record), cipher.final(), cipher.getAuthTag()]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD_BYTES);
  return Buffer.concat([salt, size, Buffer.from([own.length]), own, sealed]);
}
