import { Agent } from 'node:http';
import { waitUntil } from '../../local/processes.mjs';
import { Device } from './device.mjs';
import { Ledger } from './ledger.mjs';

const HOUR_MS = 3_600_000;
const REACH_MS = 90 * 24 * HOUR_MS;

/** The usual crowd: about forty requests a second, alone and in batches, and a probe that does not wait. */
const CROWD = [
  { everyMs: 100 },
  { everyMs: 100 },
  { everyMs: 150 },
  { everyMs: 250, batch: 20 },
  { everyMs: 500, batch: 200 },
  { everyMs: 100, patient: false },
];

/** Devices that report at a steady pace and never give a reading up. Each has a patient to itself. */
export class Load {
  ledger = new Ledger();
  #agent = new Agent({ keepAlive: true, maxSockets: 50 });
  #giveUp = new AbortController();

  /** @param target answers the address to send to; asked for each request, since it may move */
  constructor({ people, target, crowd = CROWD, keepAlive = true }) {
    if (!keepAlive) this.#agent = new Agent({ keepAlive: false });
    if (crowd.length > people.length) throw new Error('each device needs a patient of its own');
    const startsAt = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - REACH_MS;
    this.devices = crowd.map(
      (device, index) =>
        new Device({ ...device, person: people[index], startsAt, agent: this.#agent, target, ledger: this.ledger }),
    );
  }

  start() {
    this.running = Promise.all(this.devices.map((device) => device.run(this.#giveUp.signal)));
    return this;
  }

  /** Reports nothing new any more and waits until everything sent is acknowledged; gives up after `seconds`. */
  async finish({ seconds = 45 } = {}) {
    for (const device of this.devices) device.stop();
    const timer = setTimeout(() => this.#giveUp.abort(), seconds * 1000);
    await this.running;
    clearTimeout(timer);
    this.#agent.destroy();
    if (!this.ledger.isSettled) {
      this.ledger.find(`${this.ledger.sent - this.ledger.acknowledged} readings were never acknowledged`);
    }
    return this.ledger;
  }

  /** Resolves once this many more readings are acknowledged. */
  async flows(count = 50, { seconds = 30 } = {}) {
    const wanted = this.ledger.acknowledged + count;
    const arrived = await waitUntil(() => this.ledger.acknowledged >= wanted, { seconds, everyMs: 20 });
    if (!arrived) throw new Error(`no ${count} readings were acknowledged within ${seconds} s`);
  }

  /** Seconds from an instant of `performance.now()` to the first acknowledgement of an impatient device. */
  async recoverySince(instant, { seconds = 30 } = {}) {
    const probes = this.devices.filter((device) => !device.patient);
    const first = () => probes.map((probe) => probe.firstAcknowledgedAfter(instant)).find((at) => at !== null);
    await waitUntil(() => first() !== undefined, { seconds, everyMs: 20 });
    const at = first();
    return at === undefined ? null : (at - instant) / 1000;
  }
}
