/**
 * `npm run try-image`: builds both images, starts the stack of docker-compose.yml with them under a name of its own, and
 * proves what the Dockerfiles promise. Where nothing can run containers, or base images are missing, it prints NOT RUN
 * and why, and exits 0 (1 with `--required`). Flags: `--engine docker|podman`, `--stand-ins` (makes the base images
 * from Debian and npm packages), `--built` (takes the images of the last trial), `--keep` (leaves the stack running).
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { whenCalled } from '../ci/main-script.mjs';
import { ROOT } from '../local/paths.mjs';
import { freePort } from '../local/processes.mjs';
import { makeStandIns, standsIn } from './make-stand-ins.mjs';
import { readComposeFile } from './trial/compose-file.mjs';
import { findEngine } from './trial/engine.mjs';
import { IMAGES } from './trial/images.mjs';
import { PROOFS } from './trial/proofs.mjs';
import { openStack } from './trial/stack.mjs';

const tell = (text) => process.stderr.write(`  ${text}\n`);
const print = (text) => process.stdout.write(`${text}\n`);

/** What the Dockerfiles and the compose file start from, besides our own images. */
function baseImages(env) {
  const bought = Object.values(readComposeFile(env).services).map(({ image }) => image);
  const froms = ['node:24-bookworm-slim'];
  return [...new Set([...froms, ...bought])].filter((image) => !image.startsWith('glucolens-'));
}

async function missingBases(engine, images) {
  const here = await Promise.all(images.map((image) => engine.hasImage(image)));
  return images.filter((_, index) => !here[index]);
}

/** The reason why nothing can be tried, or null. Docker fetches what is missing by itself. */
async function prepare(engine, env, { standIns }) {
  if (engine.missing) return engine.missing;
  if (engine.name === 'docker' && !standIns) return null;
  const missing = await missingBases(engine, baseImages(env));
  if (missing.length === 0) return null;
  if (!standIns) return `no local ${missing.join(', ')}: pull them, or let --stand-ins make them from packages`;
  if (!missing.every(standsIn)) return `no stand-in for ${missing.filter((image) => !standsIn(image)).join(', ')}`;
  await makeStandIns({ images: missing, engine, tell });
  return null;
}

async function main() {
  const { values: flags } = parseArgs({
    options: {
      engine: { type: 'string' },
      'stand-ins': { type: 'boolean', default: false },
      required: { type: 'boolean', default: false },
      built: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  const project = `glucolens-trial-${randomBytes(3).toString('hex')}`;
  const [web, api, mail] = [await freePort(), await freePort(), await freePort()].map(String);
  const env = {
    GLUCOLENS_VERSION: 'trial',
    WEB_PORT: web,
    API_PORT: api,
    MAIL_PORT: mail,
    PUBLIC_URL: `http://localhost:${web}`,
    // Whoever watches a real installation must not hear from a trial.
    HEARTBEAT_URL: '',
  };

  const engine = findEngine(flags.engine);
  const reason = await prepare(engine, env, { standIns: flags['stand-ins'] });
  if (reason) {
    print(`NOT RUN: images and compose stack, since ${reason}`);
    return flags.required ? 1 : 0;
  }
  print(`With ${engine.version}`);

  const stack = openStack({ engine, project, env, tell });
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => void stack.down().finally(() => process.exit(1)));
  const { built } = flags;
  const revision = built ? await builtRevision(engine) : checkedOut();
  const context = { engine, stack, built, revision, images: IMAGES, tell, addresses: addresses(env) };
  const failed = await proveAll(context).finally(() => flags.keep || stack.down());
  await tellOfStandIns(engine, env);
  return failed === 0 ? 0 : 1;
}

/** Each proof in turn; after one that could not be carried out the rest has nothing to stand on. */
async function proveAll(context) {
  let failed = 0;
  for (const [index, { title, prove }] of PROOFS.entries()) {
    const begun = performance.now();
    const took = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`.padStart(8);
    try {
      const { findings, note } = await prove(context);
      failed += findings.length > 0 ? 1 : 0;
      print(`${findings.length > 0 ? 'FAILS' : 'holds'} ${took()}  ${title}${note ? ` (${note})` : ''}`);
      findings.forEach((finding) => print(`                  ${finding}`));
    } catch (error) {
      print(`FAILS ${took()}  ${title}\n${error.message}`);
      print(
        `NOT RUN: ${PROOFS.slice(index + 1)
          .map((proof) => proof.title)
          .join('; ')}`,
      );
      return failed + 1;
    }
  }
  return failed;
}

async function tellOfStandIns(engine, env) {
  const labelled = await Promise.all(
    baseImages(env).map(async (image) => {
      const { Config: settings } = await engine.inspect('image', image).catch(() => ({ Config: {} }));
      return settings.Labels?.['glucolens.stand-in'] ? image : null;
    }),
  );
  const standIns = labelled.filter(Boolean);
  if (standIns.length > 0)
    print(`Not proved: the real ${standIns.join(', ')}; stand-ins made from packages played them.`);
  if (engine.name === 'podman')
    print('Not proved: docker compose itself; podman started each service as its file says.');
}

const addresses = ({ WEB_PORT, API_PORT, MAIL_PORT }) => ({
  web: `http://127.0.0.1:${WEB_PORT}`,
  api: `http://127.0.0.1:${API_PORT}`,
  mail: `http://127.0.0.1:${MAIL_PORT}`,
});

async function builtRevision(engine) {
  const { Config: settings } = await engine.inspect('image', IMAGES[0].tag);
  return settings.Labels['org.opencontainers.image.revision'];
}

const checkedOut = () =>
  spawnSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).stdout?.trim() || 'unknown';

await whenCalled(import.meta.url, main);
