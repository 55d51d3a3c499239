import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { constants } from 'node:os';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
type Signal = (typeof SIGNALS)[number];

/** As the backend's: less than the 30 seconds that most platforms give. */
const DEADLINE_MS = 25_000;

/** A connection that was busy when the server closed and falls idle afterwards would hold it open until it times out. */
const SWEEP_MS = 250;

interface RequestStart {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly server: Server;
}

/**
 * Leaves on a signal without cutting a request: no new connections, what is asked is answered, streams of events end and
 * their browsers connect elsewhere, exit code 0. A connection over which nothing ever came, as browsers keep in reserve,
 * is idle too, though Node does not count it as such. Next's own way ends with 143 and waits for streams, which never end.
 * Past the deadline: exit code 1. A second signal ends it at once.
 */
export function leaveInOrder(): void {
  const open = new Set<ServerResponse>();
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let leaving = false;

  subscribe('http.server.request.start', (message) => {
    if (!isRequestStart(message)) return;
    const { response } = message;
    server = message.server;
    open.add(response);
    response.once('close', () => open.delete(response));
    if (leaving) response.setHeader('connection', 'close');
  });

  subscribe('net.server.socket', (message) => {
    const { socket } = message as { socket: Socket };
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  const leave = (signal: Signal) => {
    // No request ever came: nothing to finish.
    if (leaving || !server) process.exit(leaving ? 128 + constants.signals[signal] : 0);
    leaving = true;
    setTimeout(() => process.exit(1), DEADLINE_MS).unref();
    for (const response of open) if (!response.headersSent) response.setHeader('connection', 'close');
    server.close(() => process.exit(0));
    setInterval(() => {
      for (const response of open) if (isEventStream(response)) response.end();
      server?.closeIdleConnections();
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    }, SWEEP_MS);
  };
  for (const signal of SIGNALS) {
    process.removeAllListeners(signal);
    process.on(signal, () => leave(signal));
  }
}

const isEventStream = (response: ServerResponse): boolean =>
  String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');

function isRequestStart(message: unknown): message is RequestStart {
  return typeof message === 'object' && message !== null && 'response' in message && 'server' in message;
}
