const SAVED_MS = 60_000;

/** Where a form leads once it is saved. The page there says so for a moment: its address may be kept or passed on. */
export const savedAddress = (address: string, now: number): string => `${address}?saved=${now.toString(36)}`;

/** Whether an address says that something was saved just now. */
export function isSavedNow(saved: string | string[] | undefined, now: number): boolean {
  const age = now - Number.parseInt(String(saved), 36);
  return age >= 0 && age < SAVED_MS;
}
