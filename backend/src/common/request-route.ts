import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';

const ROUTE = Symbol('route');

type RoutedMessage = IncomingMessage & { [ROUTE]?: string };

const UNMATCHED = 'unmatched';

/** The template of the route that a request goes to, as in `/api/v1/patients/:patientId`: never what the caller wrote. */
export const routeOf = (request: IncomingMessage): string => (request as RoutedMessage)[ROUTE] ?? UNMATCHED;

/** Notes the route of each request where also code that knows nothing of Fastify finds it. Before any other hook. */
export function noteRoutes(server: FastifyInstance): void {
  server.addHook('onRequest', (request, _reply, done) => {
    (request.raw as RoutedMessage)[ROUTE] = request.is404 ? UNMATCHED : (request.routeOptions.url ?? UNMATCHED);
    done();
  });
}
