import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const MINUTE_MS = 60_000;
const REQUEST_TIMEOUT_MS = 40_000;
/** How soon a device tries again where nobody told it when. */
const RESEND_MS = 200;

/**
 * A sensor's phone: reports one reading a minute of its patient's past, in requests of `batch`, and sends a request
 * again until it is acknowledged. A patient device waits as long as Retry-After says; an impatient one is the probe that
 * finds out when the service is back.
 */
export class Device {
  #next = 0;
  #stopping = new AbortController();
  /** When requests were acknowledged, on the clock of `performance.now()`. */
  #acknowledgedAt = [];

  constructor({ person, batch = 1, everyMs, patient = true, startsAt, agent, target, ledger }) {
    Object.assign(this, { person, batch, everyMs, patient, startsAt, agent, target, ledger });
  }

  /** Reports until told to stop, then until the last request is acknowledged or `signal` gives up. */
  async run(signal) {
    while (!this.#stopping.signal.aborted && !signal.aborted) {
      const readings = Array.from({ length: this.batch }, () => this.#reading(this.#next++));
      for (const reading of readings) this.ledger.send(this.person.patientId, reading);
      const begun = performance.now();
      await this.#deliver(readings, signal);
      await pause(this.everyMs - (performance.now() - begun), this.#stopping.signal);
    }
  }

  stop() {
    this.#stopping.abort();
  }

  firstAcknowledgedAfter = (instant) => this.#acknowledgedAt.find((at) => at >= instant) ?? null;

  #reading(sequence) {
    return { at: this.startsAt + sequence * MINUTE_MS, tenths: 400 + ((sequence * 7) % 3_600) };
  }

  async #deliver(readings, signal) {
    const rows = readings.map(({ at, tenths }) => ({
      measuredAt: new Date(at).toISOString(),
      value: tenths / 10,
      unit: 'mg/dL',
    }));
    const body = JSON.stringify(this.batch === 1 ? rows[0] : { readings: rows });
    while (!signal.aborted) {
      const wait = await this.#attempt(readings, body);
      if (wait === 0) return;
      await pause(this.patient ? wait : Math.min(wait, RESEND_MS), signal);
    }
  }

  /** Milliseconds until the next attempt; 0 once everything is acknowledged. */
  async #attempt(readings, body) {
    const begun = performance.now();
    let answer;
    try {
      answer = await post(this.target(), this.person, body, this.agent);
    } catch {
      this.ledger.breaks.push({ begunAt: begun, endedAt: performance.now() });
      return RESEND_MS;
    }
    this.ledger.answered({ status: answer.status, milliseconds: performance.now() - begun });
    if (answer.status >= 500) return this.#refused(answer);
    if (answer.status !== 200 && answer.status !== 201) {
      this.ledger.find(`a reading was answered ${answer.status}${codeOf(answer)}`);
      return RESEND_MS * 5;
    }
    for (const reading of this.#stored(readings, answer.text)) this.ledger.acknowledge(this.person.patientId, reading);
    this.#acknowledgedAt.push(performance.now());
    return 0;
  }

  #refused(answer) {
    const { status, headers } = answer;
    if (!headers['content-type']?.startsWith('application/problem+json')) {
      this.ledger.find(`an answer ${status} was not problem+json`);
    }
    if (status !== 503) this.ledger.find(`a reading was answered ${status}${codeOf(answer)}, not 503`);
    const seconds = Number(headers['retry-after']);
    if (status === 503 && !(seconds > 0)) this.ledger.find('503 without Retry-After');
    return seconds > 0 ? seconds * 1000 : RESEND_MS * 5;
  }

  /** A batch is acknowledged row by row. */
  #stored(readings, text) {
    if (this.batch === 1) return readings;
    const rejected = new Map(JSON.parse(text).rejected.map(({ index, code }) => [index, code]));
    for (const code of rejected.values()) this.ledger.find(`a row of a batch was rejected: ${code}`);
    return readings.filter((_, index) => !rejected.has(index));
  }
}

/** Sleeps, or not to the end where `signal` says so. */
const pause = (milliseconds, signal) => sleep(Math.max(0, milliseconds), undefined, { signal }).catch(() => undefined);

/** The code of a problem, told apart from its detail and request id. */
function codeOf({ text }) {
  const [, code] = text.match(/"code":"(\w+)"/) ?? [];
  return code ? ` ${code}` : '';
}

function post(base, { patientId, token }, body, agent) {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const url = new URL(`/api/v1/patients/${patientId}/readings`, base);
    const outgoing = request(url, { method: 'POST', agent, headers }, (incoming) => {
      const chunks = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode,
          headers: incoming.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    outgoing.setTimeout(REQUEST_TIMEOUT_MS, () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
