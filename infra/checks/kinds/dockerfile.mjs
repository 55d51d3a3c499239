import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { readDocuments } from '../frame.mjs';

/** `{ stages: [{ from, name, instructions: [{ keyword, argument, json, line }] }] }`; `json` is the exec form's array. */
export function parseDockerfile(text) {
  const stages = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword();
    const argument = (instruction.getRawArgumentsContent() ?? '').replace(/\\\n/g, ' ');
    const line = instruction.getRange().start.line + 1;
    if (keyword === 'FROM') {
      const [from, , name] = argument.split(/\s+/);
      stages.push({ from, name: name ?? null, instructions: [] });
    } else {
      stages.at(-1)?.instructions.push({ keyword, argument, json: execForm(argument), line });
    }
  }
  return { stages };
}

function execForm(argument) {
  const start = argument.indexOf('[');
  if (start < 0) return null;
  try {
    return JSON.parse(argument.slice(start));
  } catch {
    return null;
  }
}

export const kind = {
  name: 'dockerfile',
  load(root) {
    const names = readdirSync(join(root, 'infra/docker')).filter((name) => name.endsWith('.Dockerfile'));
    return readDocuments(
      root,
      names.sort().map((name) => `infra/docker/${name}`),
      parseDockerfile,
    );
  },
  lint: ({ text }) => validate(text).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`),
};
