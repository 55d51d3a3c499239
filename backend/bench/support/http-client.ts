import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly cookies: readonly string[];
}

interface Request {
  readonly text: string;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A bare client over connections that stay open, one request at a time on each. It shares the machine with what it
 * measures: Node's own client costs as much as the server's part of a small request, this one a fifth of it. It speaks
 * what the API and the web answer: a length or chunks, and nothing else.
 */
export class HttpClient {
  private readonly waiting: Request[] = [];
  private readonly idle: Connection[] = [];
  private readonly all = new Set<Connection>();
  private readonly host: string;
  private readonly port: number;

  constructor(
    baseUrl: string,
    private readonly connections: number,
  ) {
    const { hostname, port } = new URL(baseUrl);
    this.host = hostname;
    this.port = Number(port);
  }

  send(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answer> {
    let head = `${method} ${path} HTTP/1.1\r\nhost: ${this.host}:${this.port}\r\n`;
    if (body !== undefined) head += `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
    for (const [name, value] of Object.entries(headers)) head += `${name}: ${value}\r\n`;
    return new Promise((resolve, reject) => {
      this.waiting.push({ text: `${head}\r\n${body ?? ''}`, resolve, reject });
      this.next();
    });
  }

  /** The JSON of an answer; throws where its status is not among the expected ones. */
  async json<T>(
    method: string,
    path: string,
    token: string | null,
    body?: object,
    expected = [200, 201, 202],
  ): Promise<T> {
    const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
    const answer = await this.send(method, path, headers, body && JSON.stringify(body));
    if (!expected.includes(answer.status)) throw new Error(`${method} ${path} answered ${answer.status}`);
    return JSON.parse(answer.text) as T;
  }

  close(): void {
    for (const connection of this.all) connection.close();
  }

  private next(): void {
    if (this.waiting.length === 0) return;
    const connection = this.idle.pop() ?? this.open();
    const request = connection && this.waiting.shift();
    if (request) connection.take(request);
  }

  private open(): Connection | null {
    if (this.all.size >= this.connections) return null;
    const connection = new Connection(connect(this.port, this.host), {
      free: (one) => {
        this.idle.push(one);
        this.next();
      },
      lost: (one) => {
        this.all.delete(one);
        const place = this.idle.indexOf(one);
        if (place >= 0) this.idle.splice(place, 1);
        this.next();
      },
    });
    this.all.add(connection);
    return connection;
  }
}

interface Keeper {
  free(connection: Connection): void;
  lost(connection: Connection): void;
}

class Connection {
  private request: Request | null = null;
  private received = '';

  constructor(
    private readonly socket: Socket,
    private readonly keeper: Keeper,
  ) {
    // One character a byte: lengths count bytes.
    socket.setNoDelay(true).setEncoding('latin1');
    socket.on('data', (text: string) => this.read(text));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const { request } = this;
      this.request = null;
      request?.reject(new Error('the connection was closed before the answer'));
      keeper.lost(this);
    });
  }

  take(request: Request): void {
    this.request = request;
    this.received = '';
    this.socket.write(request.text);
  }

  close(): void {
    this.socket.destroy();
  }

  private read(text: string): void {
    this.received += text;
    const answer = parsed(this.received);
    const { request } = this;
    if (!answer || !request) return;
    this.request = null;
    request.resolve(answer);
    if (answer.closes) this.socket.destroy();
    else this.keeper.free(this);
  }
}

/** An answer that has arrived whole, else `null`. */
function parsed(received: string): (Answer & { closes: boolean }) | null {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = received.slice(0, end).toLowerCase();
  const body = bodyOf(head, received, end + 4);
  if (body === null) return null;
  const cookies = [...received.slice(0, end).matchAll(/^set-cookie: ?([^;\r]*)/gim)].map(([, cookie]) => cookie ?? '');
  return {
    status: Number(received.slice(9, 12)),
    text: Buffer.from(body, 'latin1').toString('utf8'),
    cookies,
    closes: head.includes('\r\nconnection: close'),
  };
}

function bodyOf(head: string, received: string, start: number): string | null {
  const length = /\r\ncontent-length: ?(\d+)/.exec(head)?.[1];
  if (length !== undefined) {
    const body = received.slice(start, start + Number(length));
    return body.length === Number(length) ? body : null;
  }
  return head.includes('\r\ntransfer-encoding: chunked') ? joinedChunks(received, start) : '';
}

function joinedChunks(received: string, start: number): string | null {
  let body = '';
  for (let at = start; ;) {
    const line = received.indexOf('\r\n', at);
    if (line < 0) return null;
    const size = Number.parseInt(received.slice(at, line), 16);
    const chunk = received.slice(line + 2, line + 2 + size);
    if (received.length < line + size + 4) return null;
    if (size === 0) return body;
    body += chunk;
    at = line + size + 4;
  }
}
