/** What one drill sent, and what it was told became of it. The auditor holds this against the tables. */
export class Ledger {
  /** `patientId instant` → ten times the value; instants in milliseconds since the epoch. */
  #sent = new Map();
  #acknowledged = new Set();
  #statuses = new Map();
  #findings = new Map();

  /** Requests that got no answer: when they began and when that was known, on the clock of `performance.now()`. */
  breaks = [];
  slowestMs = 0;

  get broken() {
    return this.breaks.length;
  }

  get sent() {
    return this.#sent.size;
  }

  get acknowledged() {
    return this.#acknowledged.size;
  }

  get isSettled() {
    return this.sent === this.acknowledged;
  }

  /** How often each status was answered. */
  get statuses() {
    return Object.fromEntries([...this.#statuses].sort(([a], [b]) => a - b));
  }

  get patientIds() {
    return [...new Set([...this.#sent.keys()].map((key) => key.split(' ', 1)[0]))];
  }

  /** What an answer should never have been, each once with how often it was seen. */
  get findings() {
    return [...this.#findings].map(([text, times]) => (times === 1 ? text : `${text} (${times} times)`));
  }

  send(patientId, { at, tenths }) {
    this.#sent.set(`${patientId} ${at}`, tenths);
  }

  acknowledge(patientId, { at }) {
    this.#acknowledged.add(`${patientId} ${at}`);
  }

  isAcknowledged = (key) => this.#acknowledged.has(key);

  entries() {
    return this.#sent.entries();
  }

  answered({ status, milliseconds }) {
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    this.slowestMs = Math.max(this.slowestMs, milliseconds);
  }

  find(text) {
    this.#findings.set(text, (this.#findings.get(text) ?? 0) + 1);
  }
}
