import { join } from 'node:path';
import { audit } from './auditor.mjs';
import { startBackend } from './backend.mjs';
import { queryOnce } from './database-server.mjs';
import { Load } from './load.mjs';
import { openTcpProxy } from './tcp-proxy.mjs';

/**
 * Where one fault plays: a copy of the database, the processes that the fault starts, the load it puts on them, and what
 * it found wrong. Everything opened here is closed by `close`, in reverse.
 */
export class Scene {
  findings = [];
  /** What is to be undone, in groups that may be undone at once. */
  #open = [];

  static async open(ground, name, { tell, signal }) {
    const databaseUrl = await ground.copyDatabase(name.replaceAll('-', '_'));
    return new Scene(ground, name, { databaseUrl, tell, signal });
  }

  constructor(ground, name, { databaseUrl, tell, signal }) {
    Object.assign(this, { databaseUrl, tell, signal });
    this.server = ground.server;
    this.people = ground.people;
    this.folder = join(ground.folder, name);
    this.settings = { DATABASE_URL: databaseUrl, SECRET_KEY: ground.secretKey };
  }

  query = (statement, values) => queryOnce(this.databaseUrl, statement, values);

  /** Starts a process of a role without waiting for it. A second one of the same role needs a name. */
  async spawn(role, { name = role, settings = {}, port } = {}) {
    const started = await startBackend({
      role,
      name,
      port,
      folder: this.folder,
      settings: { ...this.settings, ...settings },
    });
    this.#stopLater(started);
    return started;
  }

  /** Starts a process of a role and waits until it is ready. */
  async start(role, options) {
    const started = await this.spawn(role, options);
    await started.whenReady();
    return started;
  }

  load(options) {
    return new Load({ people: this.people, ...options }).start();
  }

  /** A wire between the processes and PostgreSQL that can be cut. */
  async wireToDatabase() {
    const wire = await openTcpProxy(this.server.port);
    this.onClose(() => wire.close());
    const url = Object.assign(new URL(this.databaseUrl), { port: String(wire.port) }).href;
    return { ...wire, settings: { DATABASE_URL: url } };
  }

  onClose(undo) {
    this.#open.push([undo]);
  }

  /** Notes what is wrong and goes on: one fault may show several. */
  expect(condition, otherwise) {
    if (!condition) this.findings.push(otherwise);
  }

  /** Ends the load and holds what it was told against the tables. */
  async settle(load, { seconds } = {}) {
    const ledger = await load.finish({ seconds });
    const { findings, ...counts } = await audit(this.query, ledger);
    this.findings.push(...ledger.findings, ...findings);
    return counts;
  }

  async close() {
    for (const group of this.#open.reverse()) await Promise.all(group.map((undo) => undo()));
  }

  /** Processes that were started one after the other are stopped together. */
  #stopLater({ stop }) {
    const last = this.#open.at(-1);
    if (last?.areProcesses) last.push(stop);
    else this.#open.push(Object.assign([stop], { areProcesses: true }));
  }
}
