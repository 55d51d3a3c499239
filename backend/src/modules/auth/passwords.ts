import { hash, verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';
import * as z from 'zod';

/** Argon2id at OWASP's first recommendation: 19 MiB, two passes, one lane. About 30 ms, on a thread of its own. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const TRIVIAL = new Set(['password', 'passwort', '12345678', '123456789', '1234567890', 'qwertyuiop', 'qwertzuiop']);

const isTrivial = (password: string): boolean => TRIVIAL.has(password.toLowerCase()) || new Set(password).size === 1;

/** A new password. Length is what makes one strong; what everybody tries first is refused. */
export const NewPassword = z
  .string()
  .min(8)
  .max(128)
  .refine((password) => !isTrivial(password), 'Everybody tries this one first. Choose another.');

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

let decoy: Promise<string> | undefined;

/** Compares with the stored hash, or does the same work for an account that does not exist. */
export async function passwordMatches(storedHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'));
  const matches = await verify(storedHash ?? (await decoy), password);
  return storedHash !== null && matches;
}
