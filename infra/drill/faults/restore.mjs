import { restoreDrill } from '../../backup/restore-drill.mjs';

export default {
  name: 'restore',
  title: 'everything is gone but the backup: it is restored under load, compared, and served',
  async run(scene) {
    const api = await scene.start('api');
    const load = scene.load({ target: () => api.url });
    await load.flows(500);
    const begun = performance.now();
    const checks = await restoreDrill({ databaseUrl: scene.databaseUrl, signal: scene.signal });
    const recoverySeconds = (performance.now() - begun) / 1000;
    for (const { check, expected, found } of checks.filter(({ ok }) => !ok)) {
      scene.expect(false, `${check}: expected ${expected}, found ${found}`);
    }
    const counts = await scene.settle(load);
    const tables = checks.filter(({ check }) => check.startsWith('table ')).length;
    return {
      happened: `${tables} tables and the schema as in the backup, the API ready on them`,
      recoverySeconds,
      ...counts,
    };
  },
};
