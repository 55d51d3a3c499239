import { waitUntil } from '../../local/processes.mjs';
import { queryOnce } from '../kit/database-server.mjs';
import { openSmallDisk } from '../kit/small-disk.mjs';

const MEGABYTES = 96;
const WANTED_SECONDS = 5;

export default {
  name: 'database-full',
  title: "the disk of PostgreSQL's data is full, then has room again",
  async run(scene) {
    const disk = await openSmallDisk(MEGABYTES);
    if (!disk) return { notRun: 'needs user namespaces (unshare --user --mount), which this system does not allow' };
    scene.onClose(() => disk.close());
    const databaseUrl = await databaseOn(scene, disk);

    const api = await scene.start('api', { settings: { DATABASE_URL: databaseUrl } });
    const load = scene.load({ target: () => api.url });
    await load.flows();
    disk.fill();
    const refused = () => load.ledger.statuses[503] ?? 0;
    const felt = await waitUntil(() => refused() >= 5, { seconds: 20 });
    scene.expect(felt, 'the full disk was never told to a client');
    disk.empty();
    const back = performance.now();
    const recoverySeconds = await load.recoverySince(back);
    await load.flows();

    scene.expect(recoverySeconds !== null && recoverySeconds < WANTED_SECONDS, 'writes took 5 s or more to come back');
    const counts = await scene.settle(load);
    return { happened: `no space left on device; ${refused()} answers 503`, recoverySeconds, ...counts };
  },
};

/** The scene's database, moved to the small disk. It is moved back before the disk goes. */
async function databaseOn(scene, disk) {
  const { server } = scene;
  const database = new URL(scene.databaseUrl).pathname.slice(1);
  await queryOnce(server.url, `CREATE TABLESPACE small_disk LOCATION '${disk.path}'`);
  await queryOnce(server.url, `ALTER DATABASE ${database} SET TABLESPACE small_disk`);
  scene.onClose(async () => {
    await queryOnce(server.url, `DROP DATABASE ${database} WITH (FORCE)`);
    await queryOnce(server.url, 'DROP TABLESPACE small_disk');
  });
  return scene.databaseUrl;
}
