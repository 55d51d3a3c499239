import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Drain } from './drain.js';

/** A connection that was busy when the server closed and falls idle afterwards would hold it open until it times out. */
const SWEEP_MS = 250;

/**
 * While the process leaves, answers ask their client to connect anew, and connections end as soon as they are idle. One
 * over which nothing ever came, as browsers keep in reserve, is idle too, though Node does not count it as such.
 */
export function drainConnections(server: FastifyInstance, drain: Drain): void {
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (drain.begun) reply.header('connection', 'close');
    done();
  });
  drain.onEnding(() => {
    const sweep = setInterval(() => {
      server.server.closeIdleConnections();
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    }, SWEEP_MS);
    server.server.once('close', () => clearInterval(sweep));
  });
}
