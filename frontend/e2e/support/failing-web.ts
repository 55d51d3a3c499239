import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { SETTINGS } from './settings';

/** A second web process whose way to the API can be cut, so that people signed in find the service gone. */
export class FailingWeb {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
    private readonly line: ApiLine,
  ) {}

  static async start(): Promise<FailingWeb> {
    const line = await ApiLine.open(new URL(SETTINGS.apiUrl));
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const env = { ...process.env, PORT: String(port), HOSTNAME: '0.0.0.0', API_URL: line.url, PUBLIC_URL: url };
    const web = spawn(process.execPath, [SETTINGS.webServer], { env, stdio: 'ignore' });
    for (let attempt = 0; attempt < 100; attempt += 1) {
      if (web.exitCode !== null) throw new Error(`${SETTINGS.webServer} ended with ${web.exitCode}`);
      const answer = await fetch(`${url}/healthz`).catch(() => null);
      if (answer?.ok) return new FailingWeb(url, web, line);
      await wait(200);
    }
    throw new Error('the second web process did not start');
  }

  cut(): void {
    this.line.cut();
  }

  /** Every call is answered "too many requests, wait so many seconds". */
  overload(waitSeconds: number): void {
    this.line.overload(waitSeconds);
  }

  mend(): void {
    this.line.mend();
  }

  async stop(): Promise<void> {
    this.process.kill('SIGTERM');
    if (this.process.exitCode === null) await once(this.process, 'exit');
    await this.line.close();
  }
}

class ApiLine {
  private readonly sockets = new Set<Socket>();
  private answer: 'pass' | 'cut' | 'overloaded' = 'pass';
  private overloaded = '';

  private constructor(
    private readonly server: Server,
    api: URL,
  ) {
    server.on('connection', (incoming) => {
      if (this.answer === 'cut') return void incoming.destroy();
      if (this.answer === 'overloaded') return void incoming.once('data', () => incoming.end(this.overloaded));
      const outgoing = connect(Number(api.port || 80), api.hostname);
      for (const socket of [incoming, outgoing]) {
        this.sockets.add(socket);
        socket.on('error', () => socket.destroy()).on('close', () => this.sockets.delete(socket));
      }
      incoming.pipe(outgoing).pipe(incoming);
    });
  }

  static async open(api: URL): Promise<ApiLine> {
    const server = createServer();
    const line = new ApiLine(server, api);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.answer = 'cut';
    this.hangUp();
  }

  overload(waitSeconds: number): void {
    this.answer = 'overloaded';
    this.overloaded = `HTTP/1.1 429 Too Many Requests\r\nretry-after: ${waitSeconds}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`;
    this.hangUp();
  }

  mend(): void {
    this.answer = 'pass';
    this.hangUp();
  }

  private hangUp(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
