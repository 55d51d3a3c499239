import { createServer } from 'node:http';
import { waitUntil } from '../../local/processes.mjs';

/**
 * A receiver of webhooks on this machine. What it does with a message depends on how often the message has come: answer
 * with a status, `hang` (take it and never answer), or `die` (hang up), and 204 after the last of these.
 */
export class Receiver {
  behaviours;
  /** For each idempotency key: the alert, how often its message came, and how often that was answered with success. */
  messages = new Map();
  #server = null;
  #port = 0;

  constructor(behaviours = []) {
    this.behaviours = behaviours;
  }

  static async open(scene, behaviours) {
    const receiver = new Receiver(behaviours);
    await receiver.start();
    scene.onClose(() => receiver.stop());
    return receiver;
  }

  get url() {
    return `http://127.0.0.1:${this.#port}/alerts`;
  }

  /** On the port it had before. */
  async start() {
    this.#server = createServer((request, reply) => this.#take(request, reply));
    await new Promise((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = this.#server.address().port;
  }

  /** Breaks off what it holds and refuses connections. */
  async stop() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Alerts that were taken and acknowledged. */
  receivedAlerts = () => new Set(this.#entries(({ accepted }) => accepted > 0).map(({ alertId }) => alertId));

  /** Alerts whose message has come at all. */
  seenAlerts = () => new Set(this.#entries(() => true).map(({ alertId }) => alertId));

  get requests() {
    return this.#entries(() => true).reduce((sum, { times }) => sum + times, 0);
  }

  #entries(filter) {
    return [...this.messages.values()].filter(filter);
  }

  async #take(request, reply) {
    const chunks = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    const key = request.headers['idempotency-key'];
    const { alertId } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const message = this.messages.get(key) ?? { alertId, times: 0, accepted: 0 };
    this.messages.set(key, message);
    const behaviour = this.behaviours[message.times] ?? 204;
    message.times += 1;
    if (behaviour === 'hang') return;
    if (behaviour === 'die') return void request.socket.destroy();
    if (behaviour < 300) message.accepted += 1;
    reply.writeHead(behaviour).end();
  }
}

/** Webhooks of these people at a receiver, as if they had set them up. */
export async function subscribe(scene, people, { url }) {
  await scene.query(
    `INSERT INTO alert_channels (user_id, kind, label, target, time_zone, created_at, verified_at)
     SELECT user_id, 'webhook', 'Drill', jsonb_build_object('url', $2::text), 'UTC', now(), now()
     FROM patients WHERE id = ANY ($1)`,
    [people.map(({ patientId }) => patientId), url],
  );
}

/** Webhooks in production go to public addresses by https alone; a receiver of the drill is neither. */
export const RECEIVER_SETTINGS = { NODE_ENV: 'development', WEBHOOK_ALLOW_PRIVATE: 'true' };

const DELIVERED = `
  SELECT episode_id AS id FROM alert_deliveries
  WHERE channel_kind = 'webhook' AND state = 'delivered' AND episode_id = ANY ($1)`;

/**
 * Waits until these alerts, and no others, have been received, each under one key however often its message came, and
 * until GlucoLens knows it.
 */
export async function expectReceived(scene, receiver, alerts, { seconds }) {
  const ids = alerts.map(({ id }) => id);
  const noted = async () => new Set((await scene.query(DELIVERED, [ids]).catch(() => [])).map(({ id }) => id));
  await waitUntil(async () => (await noted()).size === ids.length, { seconds, everyMs: 100 });
  const received = receiver.receivedAlerts();
  const missing = ids.filter((id) => !received.has(id)).length;
  scene.expect(missing === 0, `${missing} of ${ids.length} alerts were never received`);
  scene.expect(received.size <= ids.length, `${received.size} alerts were received, ${ids.length} are meant`);
  const unknown = ids.length - (await noted()).size;
  scene.expect(unknown === 0, `${unknown} deliveries are not noted as delivered`);
  const keys = receiver.messages.size;
  const seen = receiver.seenAlerts().size;
  scene.expect(keys === seen, `${seen} alerts came under ${keys} idempotency keys`);
}
