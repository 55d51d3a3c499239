import { waitUntil } from '../../local/processes.mjs';
import { calm, inPairs, low, lowsOf, send, sendUntilStored } from '../kit/going-low.mjs';
import { expectReceived, Receiver, RECEIVER_SETTINGS, subscribe } from '../kit/receiver.mjs';

const WANTED_SECONDS = 30;

export default {
  name: 'alert-delivery',
  title: 'workers are killed, and asked to leave, in the middle of deliveries',
  sideBySide: true,
  async run(scene) {
    const start = (role, name) => scene.start(role, { name, settings: RECEIVER_SETTINGS });
    const [api, , first] = await Promise.all([start('api'), start('scheduler'), start('worker', 'worker-1')]);
    let worker = first;
    let started = 1;
    const next = async () => (worker = await start('worker', `worker-${++started}`));
    const turns = [
      {
        // It took the message, and nobody heard that it did.
        what: 'killed while the receiver holds the message',
        behaviours: ['hang'],
        fault: async () => {
          await worker.kill();
          await next();
        },
      },
      {
        what: 'asked to leave while the receiver holds the message',
        behaviours: ['hang'],
        fault: async () => {
          const { how } = await worker.terminate();
          scene.expect(how === 'exit code 0', `the worker ended with ${how}`);
          await next();
        },
      },
      {
        what: 'killed between two attempts, the receiver away',
        behaviours: [503],
        fault: async (receiver) => {
          await receiver.stop();
          await worker.kill();
          await next();
          await receiver.start();
        },
      },
      {
        what: 'killed beside another worker',
        behaviours: ['hang'],
        fault: async () => {
          const leaving = worker;
          await next();
          await leaving.kill();
        },
      },
    ];
    for (const person of scene.people) await send(api, person, calm());

    const seconds = [];
    const pairs = inPairs(scene.people);
    const total = { attempts: 0, received: 0 };
    for (const [index, { what, behaviours, fault }] of turns.entries()) {
      const people = pairs[index];
      const receiver = await Receiver.open(scene, behaviours);
      await subscribe(scene, people, receiver);
      await Promise.all(people.map((person) => sendUntilStored(() => api, person, low())));
      const underWay = await waitUntil(() => receiver.requests >= people.length, { seconds: 30, everyMs: 10 });
      scene.expect(underWay, `${what}: no delivery was under way`);
      await fault(receiver);
      const back = performance.now();
      await expectReceived(scene, receiver, await lowsOf(scene, people), { seconds: WANTED_SECONDS });
      const took = (performance.now() - back) / 1000;
      scene.tell(`${what}: received after ${took.toFixed(1)} s, ${receiver.requests} attempts`);
      seconds.push(took);
      total.attempts += receiver.requests;
      total.received += receiver.receivedAlerts().size;
    }
    const found = await lowsOf(scene, scene.people);
    return {
      happened: `killed or stopped four times in mid-delivery; ${total.received} received in ${total.attempts} attempts, repeats with the same key`,
      recoverySeconds: Math.max(...seconds),
      sent: scene.people.length,
      acknowledged: scene.people.length,
      stored: found.length,
      lost: found.length - total.received,
      doubled: found.length - new Set(found.map(({ patient }) => patient)).size,
    };
  },
};
