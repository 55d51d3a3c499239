/** What may be told of an error: its class, its code and where it happened. */
export interface ErrorFacts {
  readonly type: string;
  readonly code?: string;
  readonly stack?: string;
}

const NAME = /^[\w.$-]{1,60}$/;
const FRAME = /^\s*at .+(:\d+:\d+\)?|\((<anonymous>|native|index \d+)\))$/;

/**
 * An error without its message: a failed statement repeats the values it was given, in its message, its detail and its
 * parameters, and those may be health data.
 */
export function errorFacts(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error && typeof error.code === 'string' && NAME.test(error.code) ? error.code : undefined;
  const frames = error.stack
    ?.split('\n')
    .filter((line) => FRAME.test(line))
    .join('\n');
  return {
    type: NAME.test(error.name) ? error.name : 'Error',
    ...(code ? { code } : {}),
    ...(frames ? { stack: frames } : {}),
  };
}
