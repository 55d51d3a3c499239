import * as z from 'zod';

const About = z.object({ patientId: z.string(), at: z.iso.datetime() });

const SCHEMAS = {
  reading: About.extend({ measuredAt: z.iso.datetime().nullable() }),
  alert: About.extend({
    alertId: z.string(),
    rule: z.string(),
    severity: z.string(),
    state: z.enum(['open', 'closed', 'voided']),
    openedAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
    changes: z.array(z.string()),
    sounds: z.boolean(),
  }),
  forecast: About,
  job: About.extend({ jobId: z.string(), state: z.string() }),
};

type Told = { [K in keyof typeof SCHEMAS]: { readonly kind: K } & Readonly<z.infer<(typeof SCHEMAS)[K]>> };

/**
 * What a page is told. It names what changed and holds no measurement. `at` is when it happened: after a pause, what is
 * told may be hours old. `reset` says that anything may have changed, so ask for everything anew.
 */
export type LiveEvent = Told[keyof Told] | { readonly kind: 'reset' };

/** An event of the stream; `null` where it is none for a page, or of a kind that is not known here. */
export function toLiveEvent(kind: string, data: string): LiveEvent | null {
  if (kind === 'reset') return { kind };
  if (!isTold(kind)) return null;
  const parsed = SCHEMAS[kind].safeParse(parseJson(data));
  return parsed.success ? ({ kind, ...parsed.data } as LiveEvent) : null;
}

const isTold = (kind: string): kind is keyof typeof SCHEMAS => Object.hasOwn(SCHEMAS, kind);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
