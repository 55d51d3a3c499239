import { createECDH, createPrivateKey, hkdfSync, type KeyObject, sign } from 'node:crypto';

/** The key pair by which push services know this installation (RFC 8292). */
export interface VapidKeys {
  /** The uncompressed point, base64url: what a browser subscribes with. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * The keys from `VAPID_PRIVATE_KEY` (32 bytes, base64url), or such as follow from `SECRET_KEY`: every process has the same
 * ones without any file that they would have to share. Other keys make every subscription void.
 */
export function vapidKeys(secretKey: string, configured: string | undefined): VapidKeys {
  const scalar = configured ? Buffer.from(configured, 'base64url') : scalarFrom(secretKey);
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(scalar);
  const point = ecdh.getPublicKey();
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
    d: scalar.toString('base64url'),
  };
  return { publicKey: point.toString('base64url'), privateKey: createPrivateKey({ key: jwk, format: 'jwk' }) };
}

/** 48 bytes reduced by the order of the curve: as good as uniform (FIPS 186-5, A.2.1). */
function scalarFrom(secretKey: string): Buffer {
  const wide = BigInt(`0x${Buffer.from(hkdfSync('sha256', secretKey, 'glucolens', 'vapid', 48)).toString('hex')}`);
  return Buffer.from(((wide % (ORDER - 1n)) + 1n).toString(16).padStart(64, '0'), 'hex');
}

/** The `Authorization` header for one push service. */
export function vapidAuthorization(
  { publicKey, privateKey }: VapidKeys,
  { endpoint, subject, now }: { endpoint: string; subject: string; now: Date },
): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const exp = Math.floor(now.getTime() / 1000) + 12 * 3600;
  const unsigned = `${encode({ typ: 'JWT', alg: 'ES256' })}.${encode({ aud: new URL(endpoint).origin, exp, sub: subject })}`;
  const signature = sign('sha256', Buffer.from(unsigned), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `vapid t=${unsigned}.${signature.toString('base64url')}, k=${publicKey}`;
}
