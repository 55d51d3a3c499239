export default {
  name: 'api-killed',
  title: 'the API is killed (SIGKILL) under load and started again',
  async run(scene) {
    let api = await scene.start('api');
    const load = scene.load({ target: () => api.url });
    await load.flows();
    await api.kill();
    const killed = performance.now();
    api = await scene.start('api', { name: 'api-again' });
    const recoverySeconds = await load.recoverySince(killed);
    await load.flows();
    const counts = await scene.settle(load);
    const { broken } = load.ledger;
    scene.expect(broken > 0, 'no request was under way when the process was killed');
    return { happened: `${broken} requests broke off and were sent again`, recoverySeconds, ...counts };
  },
};
