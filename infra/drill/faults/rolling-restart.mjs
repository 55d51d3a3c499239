import { waitUntil } from '../../local/processes.mjs';
import { openBalancer } from '../kit/balancer.mjs';

const DRAIN_DELAY_MS = 1_000;

export default {
  name: 'rolling-restart',
  title: 'two API replicas behind a load balancer are restarted in turn under load',
  async run(scene) {
    const settings = { DRAIN_DELAY_MS: String(DRAIN_DELAY_MS) };
    const replicas = await Promise.all(['api-1', 'api-2'].map((name) => scene.start('api', { name, settings })));
    const addresses = replicas.map(({ url }) => url);
    const balancer = await openBalancer(addresses);
    scene.onClose(() => balancer.close());
    await inRotation(balancer, addresses);
    const load = scene.load({ target: () => balancer.url });
    await load.flows();

    for (const { name, port, url, terminate } of replicas) {
      const { how } = await terminate();
      scene.expect(how === 'exit code 0', `${name} ended with ${how}`);
      await scene.start('api', { name: `${name}-again`, port, settings });
      await inRotation(balancer, [url]);
      await load.flows();
    }
    const counts = await scene.settle(load);
    const { failed, answered } = balancer.counts;
    scene.expect(failed === 0, `${failed} requests failed: ${balancer.reasons().join('; ')}`);
    scene.expect(load.ledger.broken === 0, `${load.ledger.broken} connections broke`);
    return { happened: `${failed} of ${answered + failed} requests failed`, recoverySeconds: 0, ...counts };
  },
};

async function inRotation(balancer, addresses) {
  const all = () => addresses.every((address) => balancer.isReady(address));
  if (!(await waitUntil(all, { seconds: 15, everyMs: 20 }))) throw new Error('the balancer found no ready replica');
}
