import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import * as z from 'zod';
import type { Actor } from './actor.js';

export const ACCESS_TOKEN_SECONDS = 900;

/** What an access token must say to be one of ours. */
export const TOKEN_RULES = { issuer: 'glucolens', audience: 'glucolens-api', algorithm: 'HS256' } as const;

const Claims = z.object({ sub: z.uuid(), sid: z.uuid(), adm: z.boolean() });
export type AccessTokenClaims = z.infer<typeof Claims>;

/** A key of its own purpose: nothing else signed with `SECRET_KEY` passes for an access token. */
export const accessTokenKey = (secretKey: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', secretKey, 'glucolens', 'access-token', 32)));

export const toClaims = (actor: Actor): AccessTokenClaims => ({
  sub: actor.userId,
  sid: actor.sessionId,
  adm: actor.isPlatformAdmin,
});

export function toActor(payload: unknown): Actor | null {
  const claims = Claims.safeParse(payload);
  return claims.success
    ? { userId: claims.data.sub, sessionId: claims.data.sid, isPlatformAdmin: claims.data.adm }
    : null;
}
