import 'reflect-metadata';
import { COMMANDS } from './commands/index.js';
import { CommandFailure, UsageError } from './commands/command.js';
import { toJson } from './commands/print-json.js';
import { EnvironmentError } from './config/environment.js';
import { withSecretFiles } from './config/secret-files.js';

const USAGE = `usage: npm run --silent cli -- COMMAND\n\n${Object.entries(COMMANDS)
  .map(([name, command]) => `  ${`${name} ${command.usage}`.trim()}\n      ${command.summary}`)
  .join('\n')}\n`;

/** Prints the result as JSON on stdout and everything else on stderr. Exit 0 done, 1 failed, 2 called wrongly. */
async function main(): Promise<number> {
  const [name = '', ...args] = process.argv.slice(2);
  const command = COMMANDS[name];
  if (!command) {
    process.stderr.write(name === '' || name === '--help' ? USAGE : `unknown command: ${name}\n\n${USAGE}`);
    return name === '--help' ? 0 : 2;
  }
  try {
    const result = await command.run(args, {
      variables: withSecretFiles(process.env),
      folder: process.env['INIT_CWD'] ?? process.cwd(),
    });
    process.stdout.write(`${toJson(result)}\n`);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\nusage: npm run --silent cli -- ${name} ${command.usage}\n`);
      return 2;
    }
    if (error instanceof CommandFailure) process.stdout.write(`${toJson(error.result)}\n`);
    process.stderr.write(`${name} failed. ${explain(error)}\n`);
    return 1;
  }
}

function explain(error: unknown): string {
  if (error instanceof EnvironmentError) return error.message;
  return error instanceof Error ? error.message : 'unknown error';
}

void main().then((code) => {
  process.exitCode = code;
});
