/**
 * Runs in a container (`node --input-type=module -e`), so it imports nothing of ours: prints what a process there can do
 * as one JSON object. Paths of packages are as in package-lock.json.
 */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

function attempt(path) {
  try {
    writeFileSync(path, '');
    rmSync(path);
    return 'written';
  } catch (error) {
    return error.code;
  }
}

function processes() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const field = (name) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1];
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
      const capabilities = parseInt(field('CapEff'), 16);
      return {
        pid: Number(pid),
        command,
        user: Number(field('Uid')),
        capabilities,
        locked: field('NoNewPrivs') === '1',
      };
    });
}

function packages(folder, below = '') {
  const found = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const [path, inside] = [join(below, entry.name), join(folder, entry.name)];
    if (entry.name.startsWith('@')) found.push(...packages(inside, path));
    else {
      found.push(path);
      const nested = join(inside, 'node_modules');
      if (readdirSync(inside).includes('node_modules')) found.push(...packages(nested, join(path, 'node_modules')));
    }
  }
  return found;
}

function installed(workspace) {
  try {
    return packages(join('/app', workspace, 'node_modules'), join(workspace, 'node_modules'));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

console.log(
  JSON.stringify({
    writes: Object.fromEntries(['/x', '/app/x', '/etc/x', '/tmp/x'].map((path) => [path, attempt(path)])),
    processes: processes(),
    packages: ['', 'backend', 'frontend'].flatMap(installed),
  }),
);
