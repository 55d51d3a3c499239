import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../local/processes.mjs';
import { calm, inPairs, low, lowsOf, send, sendUntilStored } from '../kit/going-low.mjs';
import { openQueueServer } from '../kit/queue-server.mjs';
import { expectReceived, Receiver, RECEIVER_SETTINGS, subscribe } from '../kit/receiver.mjs';

const WANTED_SECONDS = 30;
/** The retries of a message that meets all of what the receiver does come to half a minute. */
const RECEIVED_SECONDS = 90;

export default {
  name: 'alerts',
  title: 'worker, queue, API and database are killed in turn while people go low',
  async run(scene) {
    const queue = await openQueueServer(scene);
    const settings = { ...queue.settings, ...RECEIVER_SETTINGS };
    const start = (role, name) => scene.start(role, { name, settings });
    const receiver = await Receiver.open(scene, [500, 'hang', 'die']);
    await subscribe(scene, scene.people, receiver);
    const running = Object.fromEntries(
      await Promise.all(['api', 'worker', 'scheduler'].map(async (role) => [role, await start(role, role)])),
    );
    scene.onClose(() => scene.server.start());
    const turns = inPairs(scene.people);
    const faults = [
      {
        what: 'worker',
        begin: () => running.worker.kill(),
        end: async () => (running.worker = await start('worker', 'worker-again')),
      },
      { what: 'queue', begin: () => queue.takeDown(), end: () => queue.bringBack() },
      {
        // What was acknowledged a moment ago has rung for nobody yet.
        what: 'API',
        late: true,
        begin: () => running.api.kill(),
        end: async () => (running.api = await start('api', 'api-again')),
      },
      { what: 'database', begin: () => scene.server.kill(), end: () => scene.server.start(), refuses: true },
    ];
    for (const person of scene.people) await send(running.api, person, calm());

    const seconds = [];
    for (const [index, { what, begin, end, late, refuses }] of faults.entries()) {
      const people = turns[index];
      const goLow = () => Promise.all(people.map((person) => sendUntilStored(() => running.api, person, low())));
      if (late) await goLow();
      await begin();
      const sent = late ? null : goLow();
      // Without its database the API stores nothing: the phone goes on until it is back.
      if (!refuses) await sent;
      await end();
      await sent;
      const back = performance.now();
      const all = await waitUntil(async () => (await lowsOf(scene, people)).length >= people.length, {
        seconds: WANTED_SECONDS,
        everyMs: 50,
      });
      const took = (performance.now() - back) / 1000;
      seconds.push(took);
      scene.tell(`${what}: alerts ${took.toFixed(1)} s after it was back`);
      scene.expect(all, `${what}: a low had no alert ${WANTED_SECONDS} s after it was back`);
    }

    // A sweep that finds everything again must open nothing again.
    await sleep(11_000);
    const found = await lowsOf(scene, scene.people);
    await expectReceived(scene, receiver, found, { seconds: RECEIVED_SECONDS });
    const patients = new Set(found.map(({ patient }) => patient)).size;
    const received = receiver.receivedAlerts().size;
    const opened = found.reduce((sum, { opened: times }) => sum + times, 0);
    const sounded = found.reduce((sum, { sounded: times }) => sum + times, 0);
    scene.expect(opened === found.length, `${opened} openings of ${found.length} alerts are in the timeline`);
    scene.expect(sounded === found.length, `${sounded} of ${found.length} alerts sounded`);
    return {
      happened: `each killed while two people went low; ${found.length} alerts, ${received} received by a receiver that fails, hangs and dies (${receiver.requests} attempts)`,
      recoverySeconds: Math.max(...seconds),
      sent: scene.people.length,
      acknowledged: scene.people.length,
      stored: found.length,
      lost: scene.people.length - patients,
      doubled: found.length - patients,
    };
  },
};
