import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

interface ArrivedRequest {
  readonly headers: IncomingMessage['headers'];
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/**
 * Adds the address of the connection to `X-Forwarded-For`. Next takes the header as the client sent it and shows
 * handlers no socket, so a client could choose the address it is throttled and audited by. With the last entry always
 * true, the API counts its trusted proxies from the right.
 */
export function appendForwardedFor(request: ArrivedRequest): void {
  const claimed = request.headers['x-forwarded-for'];
  const earlier = Array.isArray(claimed) ? claimed.join(', ') : claimed;
  const address = request.socket.remoteAddress;
  const entries = [earlier, address].filter((entry) => entry !== undefined && entry !== '');
  if (entries.length > 0) request.headers['x-forwarded-for'] = entries.join(', ');
}

/** Node publishes each request before any listener of the server sees it. */
export function recordClientAddresses(): void {
  subscribe('http.server.request.start', (message) => {
    if (isRequestStart(message)) appendForwardedFor(message.request);
  });
}

function isRequestStart(message: unknown): message is { request: IncomingMessage } {
  return typeof message === 'object' && message !== null && 'request' in message;
}
