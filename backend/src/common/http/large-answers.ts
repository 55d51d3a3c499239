import type { FastifyInstance } from 'fastify';

/** Below this a text and its headers leave in one piece, which is quicker. */
const LARGE_CHARACTERS = 8_192;

/**
 * Large answers are handed to the connection as bytes. Node would encode a text while it writes, at twice the cost, and at
 * four times where a single character of it is not Latin, as of a name.
 */
export function sendLargeAnswersAsBytes(server: FastifyInstance): void {
  server.addHook('onSend', (_request, _reply, payload, done) => {
    const isLarge = typeof payload === 'string' && payload.length >= LARGE_CHARACTERS;
    done(null, isLarge ? Buffer.from(payload) : payload);
  });
}
