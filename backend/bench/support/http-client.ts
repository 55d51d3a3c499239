import { Agent, type IncomingMessage, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly cookies: readonly string[];
}

/** A bare client over connections that stay open: it shares the machine with what it measures, so it does little. */
export class HttpClient {
  private readonly agent: Agent;

  constructor(
    private readonly baseUrl: string,
    connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  send(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const length: Record<string, number> = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const outgoing = request(
        new URL(path, this.baseUrl),
        {
          method,
          agent: this.agent,
          headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...length, ...headers },
        },
        (incoming) => void collect(incoming).then(resolve, reject),
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  /** The JSON of an answer; throws where its status is not among the expected ones. */
  async json<T>(method: string, path: string, token: string | null, body?: object, expected = [200, 201]): Promise<T> {
    const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
    const answer = await this.send(method, path, headers, body && JSON.stringify(body));
    if (!expected.includes(answer.status)) throw new Error(`${method} ${path} answered ${answer.status}`);
    return JSON.parse(answer.text) as T;
  }

  close(): void {
    this.agent.destroy();
  }
}

async function collect(incoming: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const cookies = (incoming.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';', 1)[0] ?? '');
  return { status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8'), cookies };
}
