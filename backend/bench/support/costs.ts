import { readdirSync, readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';

/** What Linux counts processor time in, everywhere the product runs. */
const TICK_MS = 10;
/** Places in `/proc/PID/stat` from the state on: of the parent, and of times in ticks. */
const PARENT = 1;
const OWN_TIMES = [11, 12];
const TIMES_WITH_ENDED = [11, 12, 13, 14];

interface Usage {
  /** Milliseconds of processor time by the name of the process. */
  readonly cpu: ReadonlyMap<string, number>;
  readonly calls: number;
  readonly commits: number;
}

/** Statements as clients send them: what functions run inside counts with the call. */
const STATEMENTS = `
  SELECT sum(calls)::float8 AS calls,
    (SELECT xact_commit::float8 FROM pg_stat_database WHERE datname = current_database()) AS commits
  FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND toplevel`;

const DEAREST = `
  SELECT calls, round(total_exec_time::numeric, 1) AS ms, left(regexp_replace(query, '\\s+', ' ', 'g'), 110) AS query
  FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND toplevel
  ORDER BY total_exec_time DESC LIMIT 40`;

/**
 * Counts what a stretch of work costs each process and the database. Unlike times on a clock, the counts mean the same
 * on a machine that is busy with something else.
 */
export class Costs {
  private constructor(
    private readonly dataSource: DataSource,
    private readonly before: Usage,
  ) {}

  static async from(dataSource: DataSource): Promise<Costs> {
    await dataSource.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
    await dataSource.query('SELECT pg_stat_statements_reset()');
    return new Costs(dataSource, await usage(dataSource));
  }

  /** @param pieces how many of something were worked through */
  async each(pieces: number): Promise<Record<string, number>> {
    const after = await usage(this.dataSource);
    if (process.env['BENCH_STATEMENTS']) {
      for (const { calls, ms, query } of await this.dataSource.query<Record<string, string>[]>(DEAREST)) {
        process.stderr.write(`${String(calls).padStart(7)} ${String(ms).padStart(10)} ms  ${query}\n`);
      }
    }
    const cpu = [...after.cpu].map(
      ([name, milliseconds]) => [`${name}CpuMs`, (milliseconds - (this.before.cpu.get(name) ?? 0)) / pieces] as const,
    );
    return {
      ...Object.fromEntries(cpu),
      statements: (after.calls - this.before.calls) / pieces,
      commits: (after.commits - this.before.commits) / pieces,
    };
  }
}

async function usage(dataSource: DataSource): Promise<Usage> {
  const [row] = await dataSource.query<{ calls: number | null; commits: number }[]>(STATEMENTS);
  const pids = Object.entries(JSON.parse(process.env['STACK_PIDS'] ?? '{}') as Record<string, number>);
  const cpu = new Map([...pids, ['bench', process.pid] as const].map(([name, pid]) => [name, cpuMsOf(name, pid)]));
  return { cpu, calls: row?.calls ?? 0, commits: row?.commits ?? 0 };
}

/** PostgreSQL is a process for each connection. Those that ended count with their parent. */
function cpuMsOf(name: string, pid: number): number {
  const own = statOf(pid);
  if (!own) return 0;
  if (name !== 'database') return ticksOf(own, OWN_TIMES) * TICK_MS;
  const children = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => [statOf(Number(entry))])
    .filter((stat) => stat !== null)
    .filter((stat) => Number(stat[PARENT]) === pid);
  const ticks = children.reduce((sum, stat) => sum + ticksOf(stat, OWN_TIMES), ticksOf(own, TIMES_WITH_ENDED));
  return ticks * TICK_MS;
}

const ticksOf = (stat: readonly string[], places: readonly number[]): number =>
  places.reduce((sum, place) => sum + Number(stat[place]), 0);

/** Fields of `/proc/PID/stat` from the state on; `null` where there is no such file. */
function statOf(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
