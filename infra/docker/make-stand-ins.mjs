/**
 * Makes stand-ins for the base images of `infra/docker` and `docker-compose.yml` where no image registry can be reached:
 * a Debian by debootstrap, Node by npm's package of it, PostgreSQL by the package that `npm start` runs, Redis for Valkey.
 * They bear the names of the real ones and the label `glucolens.stand-in`, in the image store of podman.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installBinaries } from '../local/postgres-files.mjs';
import { ROOT } from '../local/paths.mjs';
import { run } from '../local/processes.mjs';

/** Debian's place for the authorities that this machine trusts. */
const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';
const HERE = join(ROOT, 'infra/docker/stand-ins');
const DEBIAN = 'glucolens-stand-in/debian';
const DEBIAN_PACKAGES = ['ca-certificates', 'libatomic1', 'postgresql-client', 'redis-server'];

/** Which target of the Containerfile stands for which image; the first part of a name says which. */
const TARGETS = { node: 'node', postgres: 'postgres', 'valkey/valkey': 'valkey', 'axllent/mailpit': 'mailpit' };
export const standsIn = (image) => TARGETS[image.replace(/:.*/, '')];

/** Makes those of `images` that are asked for; what they are made of lies in a temporary folder meanwhile. */
export async function makeStandIns({ images, engine, tell }) {
  const folder = mkdtempSync(join(tmpdir(), 'glucolens-stand-ins-'));
  try {
    await makeDebian({ engine, folder, tell });
    await layContext(folder, tell);
    for (const image of images) {
      tell(`stand-in for ${image}`);
      await engine.build({
        file: join(HERE, 'Containerfile'),
        context: folder,
        tag: `docker.io/${image.includes('/') ? '' : 'library/'}${image}`,
        more: ['--target', standsIn(image), '--label', 'glucolens.stand-in=true'],
      });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makeDebian({ engine, folder, tell }) {
  if (await engine.hasImage(DEBIAN)) return;
  tell('a Debian by debootstrap: about two minutes');
  const rootfs = join(folder, 'debian');
  const archive = join(folder, 'debian.tar');
  const args = ['--variant=minbase', `--include=${DEBIAN_PACKAGES.join(',')}`, 'bookworm', rootfs];
  await run('debootstrap', args, { output: 'capture' });
  await run('tar', ['--create', '--numeric-owner', '--file', archive, '--directory', rootfs, '.'], {
    output: 'capture',
  });
  await engine.importImage(archive, DEBIAN);
  rmSync(archive);
  rmSync(rootfs, { recursive: true });
}

/** What the Containerfile copies: programs, and the two scripts that play their part. */
async function layContext(folder, tell) {
  tell('Node from npm, PostgreSQL from the package of npm start');
  const platform = `node-${process.platform}-${process.arch}`;
  const packed = await run('npm', ['pack', '--silent', '--pack-destination', folder, `${platform}@24`], {
    output: 'capture',
    cwd: folder,
  });
  await run('tar', ['--extract', '--gzip', '--file', join(folder, packed.stdout.trim().split('\n').at(-1))], {
    output: 'capture',
    cwd: folder,
  });
  cpSync(join(folder, 'package/bin/node'), join(folder, 'node'));
  cpSync(npmFolder(), join(folder, 'npm'), { recursive: true, dereference: true });
  cpSync(installBinaries(join(folder, 'postgres-files')), join(folder, 'postgres'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  cpSync(process.env.NODE_EXTRA_CA_CERTS ?? AUTHORITIES, join(folder, 'authorities.crt'));
  for (const name of ['postgres-entrypoint.sh', 'mailpit.mjs']) cpSync(join(HERE, name), join(folder, name));
}

/** The npm that this process could call: plain JavaScript, so any Node runs it. */
function npmFolder() {
  const cli = process.env.npm_execpath ?? join(dirname(process.execPath), 'npm');
  let folder = dirname(realpathSync(cli));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  if (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name !== 'npm')
    throw new Error('npm is not found');
  return folder;
}
