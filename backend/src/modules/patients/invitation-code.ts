import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Crockford's 32 characters: none is mistaken for another when read aloud or off paper. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = /.{4}/g;

/** Sixty random bits, as in `K7QM-2XPD-9TBA`: more than anybody guesses in the life of an invitation. */
export function newInvitationCode(): string {
  const letters = [...randomBytes(12)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return (letters.match(GROUPS) ?? []).join('-');
}

/** The same for every way of writing one code: case, hyphens and spaces, O for 0, I and L for 1. */
export function hashInvitationCode(code: string): Buffer {
  const letters = code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return createHash('sha256').update(letters).digest();
}

export const isInvitationCode = (code: string, hash: Buffer): boolean =>
  timingSafeEqual(hashInvitationCode(code), hash);
