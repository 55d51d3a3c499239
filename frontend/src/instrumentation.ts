/** Runs once when the web process starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { recordClientAddresses } = await import('./session/forwarded-for');
  recordClientAddresses();
  // While developing, Next itself looks after what it has started.
  if (process.env.NODE_ENV !== 'production') return;
  const { leaveInOrder } = await import('./shutdown');
  leaveInOrder();
}
