import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';

interface StartedRequest {
  readonly response: ServerResponse;
}

/**
 * Lets the process leave on SIGTERM and SIGINT. Next stops listening, waits for what is being answered and exits with
 * the number of the signal. A stream of live events never ends by itself, so every open page would hold it until it is
 * killed: those are ended here, and browsers find the next process by themselves. Leaving in order is exit code 0.
 */
export function leaveInOrder(): void {
  const open = new Set<ServerResponse>();
  subscribe('http.server.request.start', (message) => {
    if (!isStartedRequest(message)) return;
    const { response } = message;
    open.add(response);
    response.once('close', () => open.delete(response));
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      process.once('exit', () => (process.exitCode = 0));
      for (const response of open) if (isStream(response)) response.destroy();
    });
}

const isStream = (response: ServerResponse) =>
  String(response.getHeader('content-type')).startsWith('text/event-stream');

function isStartedRequest(message: unknown): message is StartedRequest {
  return typeof message === 'object' && message !== null && 'response' in message;
}
