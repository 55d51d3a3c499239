import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean> | boolean;

/**
 * An API of a few lines on a real port: passwords are `right`, tokens count upwards, and each refresh token works once.
 * `GET /api/v1/auth/me` wants the newest access token; anything else is echoed.
 */
export class FakeApi {
  readonly seen: SeenRequest[] = [];
  refreshes = 0;
  logouts: string[] = [];
  expiresIn = 900;
  down = false;
  /** Asked first; answers whether it dealt with the request. */
  handler: Handler = () => false;
  private issued = 0;
  private readonly usedUp = new Set<string>();
  private readonly server = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** As when a deployment changes the key: what was handed out is worth nothing. */
  forgetAccessTokens(): void {
    this.issued += 100;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.down) return void request.socket.destroy();
    if (await this.handler(request, response)) return;
    const body = await textOf(request);
    const { method = '', url = '', headers } = request;
    this.seen.push({ method, url, headers, body });
    if (url === '/api/v1/auth/login') return this.login(response, JSON.parse(body));
    if (url === '/api/v1/auth/refresh') return this.refresh(response, JSON.parse(body));
    if (url === '/api/v1/auth/logout') {
      this.logouts.push(JSON.parse(body).refreshToken);
      return void response.writeHead(204).end();
    }
    if (headers.authorization !== `Bearer access-${this.issued}`) return problem(response, 401, 'UNAUTHENTICATED');
    json(response, 200, { method, url, headers, body });
  }

  private login(response: ServerResponse, { email, password }: { email: string; password: string }): void {
    if (email.startsWith('busy')) return problem(response, 429, 'TOO_MANY_REQUESTS', { 'retry-after': '42' });
    if (password !== 'right') return problem(response, 401, 'INVALID_CREDENTIALS');
    this.issue(response);
  }

  private async refresh(response: ServerResponse, { refreshToken }: { refreshToken: string }): Promise<void> {
    this.refreshes += 1;
    await new Promise((resolve) => setTimeout(resolve, 20));
    const live = refreshToken.startsWith('refresh-') && !this.usedUp.has(refreshToken);
    if (!live) return problem(response, 401, 'INVALID_TOKEN');
    this.usedUp.add(refreshToken);
    this.issue(response);
  }

  private issue(response: ServerResponse): void {
    this.issued += 1;
    json(response, 200, {
      accessToken: `access-${this.issued}`,
      refreshToken: `refresh-${this.issued}`,
      tokenType: 'Bearer',
      expiresIn: this.expiresIn,
    });
  }
}

export function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function problem(response: ServerResponse, status: number, code: string, headers: Record<string, string> = {}): void {
  const body = { type: 'about:blank', title: code, status, code, detail: code, requestId: 'fake-request' };
  json(response, status, body, { 'content-type': 'application/problem+json', ...headers });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
