import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** Where a command runs: its environment variables, and the folder that relative paths are read against. */
export interface CommandContext {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
}

export interface Command {
  readonly usage: string;
  readonly summary: string;
  /** Returns what is printed as JSON. Throws `UsageError` where it was called wrongly. */
  run(args: readonly string[], context: CommandContext): Promise<unknown>;
}

export class UsageError extends Error {}

/** A command that ran and found something wrong: its result is printed all the same, and the exit code is 1. */
export class CommandFailure extends Error {
  constructor(
    message: string,
    readonly result: unknown,
  ) {
    super(message);
  }
}

/** Positional arguments, string options and flags of a command; anything else is a usage error. */
export function readArguments(
  args: readonly string[],
  names: readonly string[],
  optionNames: readonly string[] = [],
  flagNames: readonly string[] = [],
): { positionals: string[]; options: Record<string, string | undefined>; flags: ReadonlySet<string> } {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries([
        ...optionNames.map((name) => [name, { type: 'string' as const }] as const),
        ...flagNames.map((name) => [name, { type: 'boolean' as const }] as const),
      ]),
    });
    if (positionals.length !== names.length) throw new UsageError(`expected ${names.join(' ') || 'no arguments'}`);
    const given = values as Record<string, string | boolean | undefined>;
    const flags = new Set(flagNames.filter((name) => given[name] === true));
    const options = Object.fromEntries(optionNames.map((name) => [name, given[name] as string | undefined]));
    return { positionals, options, flags };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(error instanceof Error ? error.message : 'the arguments could not be read');
  }
}

export const fileArgument = (context: CommandContext, path: string): string => resolve(context.folder, path);
