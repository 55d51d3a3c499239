import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import * as z from 'zod';
import {
  connectionsNeeded,
  connectionsOf,
  fitsInto,
  type ProcessGroup,
} from '../../../src/modules/background/queue/connection-budget.js';

const ROOT = join(__dirname, '../../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const Role = z.enum(['api', 'worker', 'scheduler', 'all']);
const PoolSize = z.coerce.number().int().positive().optional();

describe('the most connections of one process', () => {
  it.each([
    ['api', 'redis', 12 + 1],
    ['worker', 'redis', 8],
    ['scheduler', 'redis', 3],
    ['all', 'redis', 12 + 1],
    ['api', 'postgres', 12 + 1 + 5 * 3],
    ['worker', 'postgres', 8 + 5 * 3 + 5 * 4],
    ['scheduler', 'postgres', 3 + 5 * 3],
    ['all', 'postgres', 12 + 1 + 5 * 3 + 5 * 4],
  ] as const)('%s with the queue in %s: %i', (role, queue, connections) => {
    expect(connectionsOf({ role, queue, instances: 1 })).toBe(connections);
  });

  it('follows the size of the pool that is set', () => {
    expect(connectionsOf({ role: 'api', queue: 'redis', instances: 1, poolSize: 20 })).toBe(20 + 1);
  });
});

it('a deployment runs everything twice, and five are kept for whoever looks after it', () => {
  const groups: ProcessGroup[] = [
    { role: 'api', instances: 2, queue: 'redis', poolSize: 10 },
    { role: 'worker', instances: 1, queue: 'redis', poolSize: 8 },
  ];
  expect(connectionsNeeded(groups)).toBe((2 * 11 + 8) * 2 + 5);
  expect([fitsInto(82, groups), fitsInto(81, groups)]).toEqual([true, false]);
});

describe('what is deployed fits into its database', () => {
  it('docker-compose.yml', () => {
    const Compose = z.object({
      services: z.record(
        z.string(),
        z.object({
          command: z.array(z.string()).or(z.string()).optional(),
          environment: z.record(z.string(), z.unknown()).optional(),
          deploy: z.object({ replicas: z.number() }).partial().optional(),
        }),
      ),
    });
    const { services } = Compose.parse(parse(read('docker-compose.yml'), { merge: true }));
    const groups = Object.values(services)
      .filter(({ environment }) => environment?.['PROCESS_ROLE'] !== undefined)
      .map(({ environment = {}, deploy }) => group(environment, deploy?.replicas ?? 1));
    expect(groups.map(({ role }) => role).sort()).toEqual(['api', 'scheduler', 'worker']);
    const limit = /max_connections=(\d+)/.exec(String(services['postgres']?.command))?.[1];
    expect(fitsInto(Number(limit), groups)).toBe(true);
  });

  /** Render's databases below 8 GB of memory. */
  const RENDER_MAX_CONNECTIONS = 97;

  it.each([
    ['render.yaml', ['all']],
    ['render.production.yaml', ['api', 'scheduler', 'worker']],
    ['render.image.yaml', null],
  ])('%s', (file, roles) => {
    const Blueprint = z.object({
      services: z.array(
        z.object({
          numInstances: z.number().optional(),
          scaling: z.object({ maxInstances: z.number() }).optional(),
          envVars: z.array(z.object({ key: z.string().optional(), value: z.unknown().optional() })).optional(),
        }),
      ),
    });
    const groups = Blueprint.parse(parse(read(file))).services.flatMap(({ envVars = [], numInstances, scaling }) => {
      const keys = Object.fromEntries(envVars.flatMap(({ key, value }) => (key ? [[key, value ?? 'set']] : [])));
      return keys['PROCESS_ROLE'] ? [group(keys, scaling?.maxInstances ?? numInstances ?? 1)] : [];
    });
    expect(groups.length).toBeGreaterThan(0);
    if (roles) expect(groups.map(({ role }) => role).sort()).toEqual(roles);
    expect(fitsInto(RENDER_MAX_CONNECTIONS, groups)).toBe(true);
  });

  it('infra/k8s at its largest, in a database of 200 as docs/operations.md says', () => {
    const Manifest = z.object({
      kind: z.string(),
      metadata: z.object({ name: z.string() }),
      spec: z
        .object({
          replicas: z.number().optional(),
          maxReplicas: z.number().optional(),
          scaleTargetRef: z.object({ name: z.string() }).optional(),
          template: z
            .object({
              spec: z.object({
                containers: z.array(
                  z.object({ env: z.array(z.object({ name: z.string(), value: z.unknown().optional() })).optional() }),
                ),
              }),
            })
            .optional(),
        })
        .optional(),
    });
    const folder = 'infra/k8s/base';
    const manifests = readdirSync(join(ROOT, folder))
      .filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml')
      .flatMap((file) => parseAllDocuments(read(`${folder}/${file}`)).map((document) => document.toJS() as unknown))
      .flatMap((manifest) => Manifest.safeParse(manifest).data ?? []);
    const groups = manifests
      .filter(({ kind }) => kind === 'Deployment')
      .flatMap(({ metadata, spec }) => {
        const env = Object.fromEntries(
          (spec?.template?.spec.containers[0]?.env ?? []).map(({ name, value }) => [name, value]),
        );
        const scaler = manifests.find(({ spec: other }) => other?.scaleTargetRef?.name === metadata.name);
        const instances = scaler?.spec?.maxReplicas ?? spec?.replicas ?? 1;
        return env['PROCESS_ROLE'] ? [{ ...group(env, instances), queue: 'redis' as const }] : [];
      });
    expect(groups.map(({ role }) => role).sort()).toEqual(['api', 'scheduler', 'worker']);
    expect(fitsInto(200, groups)).toBe(true);
  });
});

function group(environment: Readonly<Record<string, unknown>>, instances: number): ProcessGroup {
  const poolSize = PoolSize.parse(environment['DATABASE_POOL_SIZE']);
  return {
    role: Role.parse(environment['PROCESS_ROLE']),
    instances,
    queue: 'REDIS_URL' in environment ? 'redis' : 'postgres',
    ...(poolSize === undefined ? {} : { poolSize }),
  };
}
