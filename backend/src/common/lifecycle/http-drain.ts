import type { FastifyInstance } from 'fastify';
import type { Drain } from './drain.js';

/** A connection that was busy when the server closed and falls idle afterwards would hold it open until it times out. */
const SWEEP_MS = 250;

/** While the process leaves, answers ask their client to connect anew, and connections end as soon as they are idle. */
export function drainConnections(server: FastifyInstance, drain: Drain): void {
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (drain.begun) reply.header('connection', 'close');
    done();
  });
  drain.onEnding(() => {
    const sweep = setInterval(() => server.server.closeIdleConnections(), SWEEP_MS);
    server.server.once('close', () => clearInterval(sweep));
  });
}
