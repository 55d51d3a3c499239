import * as z from 'zod';
import { isOrigin } from '../common/http/cors.js';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const port = z.coerce.number().int().min(1).max(65_535);

/** Apart, so that processes of different roles share a machine. */
const DEFAULT_METRICS_PORT = { api: 9464, all: 9464, worker: 9465, scheduler: 9466 } as const;

const Variables = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    PROCESS_ROLE: z.enum(['api', 'worker', 'scheduler', 'all']).default('all'),
    API_PORT: port.default(8000),
    PORT: port.optional(),
    METRICS_PORT: port.optional(),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    DATABASE_DIRECT_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).optional(),
    DATABASE_CONNECT_SECONDS: z.coerce.number().positive().max(600).optional(),
    DATABASE_STATEMENT_SECONDS: z.coerce.number().int().min(1).max(86_400).optional(),
    REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
    QUEUE_SCHEMA: z
      .string()
      .regex(/^[a-z_][a-z0-9_]*$/)
      .default('bullmq'),
    SECRET_KEY: z.string().refine((key) => Buffer.byteLength(key) >= 32, 'must be at least 32 bytes'),
    PUBLIC_URL: z.url().default('http://localhost:3000'),
    CORS_ORIGINS: z
      .string()
      .default('')
      .transform((list) =>
        list
          .split(',')
          .map((origin) => origin.trim())
          .filter((origin) => origin !== ''),
      )
      .refine(
        (origins) => origins.every(isOrigin),
        'must name exact origins, as in https://clinic.example; "*" is not accepted',
      ),
    TRUST_PROXY: z.string().default(''),
    REQUEST_TIMEOUT_SECONDS: z.coerce.number().positive().max(3_600).default(25),
    RATE_LIMIT_LOGIN_PER_MINUTE: z.coerce.number().int().min(1).default(10),
    RATE_LIMIT_USER_PER_MINUTE: z.coerce.number().int().min(1).default(60_000),
    RATE_LIMIT_ADDRESS_PER_MINUTE: z.coerce.number().int().min(1).default(12_000),
    MIGRATE_ON_BOOT: flag.default(false),
    SEED_DEMO: flag.default(false),
    FIRST_ADMIN_EMAIL: z.email().optional(),
    FIRST_ADMIN_PASSWORD: z.string().min(12).max(128).optional(),
    DRAIN_DELAY_MS: z.coerce.number().int().min(0).default(0),
    SHUTDOWN_DEADLINE_MS: z.coerce.number().int().min(1_000).default(25_000),
    /** Of analyses, as of `nice`: 19 gives way to everything else, 0 to nothing. */
    ANALYSIS_NICE: z.coerce.number().int().min(0).max(19).default(19),
    WORKER_STUCK_SECONDS: z.coerce.number().int().min(1).max(86_400).default(600),
    DATA_DIR: z.string().min(1).default('.data'),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    ERROR_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: z.string().min(3).default('GlucoLens <alerts@localhost>'),
    VAPID_PRIVATE_KEY: z.base64url().length(43).optional(),
    VAPID_SUBJECT: z.url({ protocol: /^(mailto|https)$/ }).optional(),
    HEARTBEAT_URL: z.url({ protocol: /^https?$/ }).optional(),
    WEBHOOK_ALLOW_PRIVATE: flag.default(false),
    BACKUP_DIR: z.string().min(1).optional(),
    REVISION: z.string().default('unknown'),
    RENDER_GIT_COMMIT: z.string().optional(),
  })
  .refine(({ FIRST_ADMIN_EMAIL, FIRST_ADMIN_PASSWORD }) => !FIRST_ADMIN_EMAIL || FIRST_ADMIN_PASSWORD, {
    path: ['FIRST_ADMIN_PASSWORD'],
    message: 'must be set where FIRST_ADMIN_EMAIL is',
  })
  .refine(({ DRAIN_DELAY_MS, SHUTDOWN_DEADLINE_MS }) => DRAIN_DELAY_MS < SHUTDOWN_DEADLINE_MS, {
    path: ['DRAIN_DELAY_MS'],
    message: 'must be less than SHUTDOWN_DEADLINE_MS',
  })
  .transform(({ PORT, METRICS_PORT, RENDER_GIT_COMMIT, ...rest }) => ({
    ...rest,
    API_PORT: PORT ?? rest.API_PORT,
    // Render builds the image itself and tells the commit only at run time.
    REVISION: rest.REVISION === 'unknown' ? (RENDER_GIT_COMMIT ?? 'unknown') : rest.REVISION,
    METRICS_PORT: METRICS_PORT ?? DEFAULT_METRICS_PORT[rest.PROCESS_ROLE],
  }));

/** Everything the process was told at start, parsed once. */
export type Environment = Readonly<z.infer<typeof Variables>>;

/** Injection token of the parsed environment. */
export const ENVIRONMENT = Symbol('Environment');

/** All mistakes in the environment at once, each naming its variable and never its value. */
export class EnvironmentError extends Error {}

/** Parses the environment. Empty variables count as absent. */
export function parseEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const present = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Variables.safeParse(present);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new EnvironmentError(`The environment is not complete:\n${faults.join('\n')}`);
}
