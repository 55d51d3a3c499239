import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';

export interface SideAnswer {
  readonly status?: number;
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

type Answerer = () => SideAnswer | Promise<SideAnswer>;

/** The small server for operators on METRICS_PORT, in every role and apart from the API. Serves what others register. */
@Injectable()
export class SideServer implements OnApplicationShutdown {
  private readonly routes = new Map<string, Answerer>();
  private server: Server | null = null;

  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  /** Answers GET of a path. Before `listen`. */
  serve(path: string, answer: Answerer): void {
    this.routes.set(path, answer);
  }

  /** Rejects where the port is taken. */
  async listen(): Promise<void> {
    this.server = createServer((request, response) => void this.answer(request, response));
    this.server.listen({ port: this.environment.METRICS_PORT, host: '0.0.0.0' });
    try {
      await once(this.server, 'listening');
    } catch (error) {
      throw new Error(`METRICS_PORT ${this.environment.METRICS_PORT} cannot be listened on`, { cause: error });
    }
  }

  onApplicationShutdown(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answerer = request.method === 'GET' ? this.routes.get((request.url ?? '').split('?', 1)[0] ?? '') : undefined;
    const {
      status = 200,
      type,
      headers = {},
      body,
    } = answerer
      ? await Promise.resolve()
          .then(answerer)
          .catch((): SideAnswer => ({ status: 500, type: 'text/plain', body: 'could not be told\n' }))
      : { status: 404, type: 'text/plain', body: 'nothing here\n' };
    response.writeHead(status, { ...headers, 'content-type': type, 'cache-control': 'no-store' }).end(body);
  }
}
