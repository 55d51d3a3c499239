/** Runs once when the web process starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { recordClientAddresses } = await import('./session/forwarded-for');
  recordClientAddresses();
  const { leaveInOrder } = await import('./session/leaving');
  leaveInOrder();
}
