import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../local/paths.mjs';

/** Our two images: what they are called, how they are made, and what must be in their settings. */
export const IMAGES = [
  { name: 'backend', tag: 'glucolens-backend:trial', command: ['node', '--enable-source-maps', 'dist/main.js'] },
  { name: 'frontend', tag: 'glucolens-frontend:trial', command: ['node', 'server.js'] },
].map((image) => ({ ...image, file: join(ROOT, 'infra/docker', `${image.name}.Dockerfile`) }));

export async function buildImage(engine, { tag, file }, revision) {
  if (!existsSync(file)) throw new Error(`${file} is gone`);
  await engine.build({ file, tag, context: ROOT, settings: { REVISION: revision } });
}

/** What the image says about itself: its user, its command without a shell, its healthcheck, its commit. */
export async function settingsFindings(engine, { name, tag, command }, revision) {
  const image = await engine.inspect('image', tag);
  const { Config: settings } = image;
  const healthcheck = settings.Healthcheck ?? image.Healthcheck;
  const expected = [
    [settings.User === '1000:1000', `${name} runs as ${settings.User || 'root'}`],
    [
      String(settings.Cmd) === String(command) && !settings.Entrypoint?.some((word) => word.endsWith('sh')),
      `${name} starts ${settings.Entrypoint ?? ''} ${settings.Cmd}`,
    ],
    [healthcheck?.Test?.[0] === 'CMD', `${name} has no healthcheck without a shell`],
    [settings.Labels?.['org.opencontainers.image.revision'] === revision, `${name} does not name its commit`],
  ];
  return expected.filter(([holds]) => !holds).map(([, finding]) => finding);
}
