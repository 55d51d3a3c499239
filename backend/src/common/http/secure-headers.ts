import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';

/** Headers by which browsers refuse what an API never needs. Put together once: they are the same for every answer. */
export function secureHeaders(server: FastifyInstance): void {
  const secure = helmet({
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    referrerPolicy: { policy: 'no-referrer' },
  });
  server.addHook('onRequest', ({ raw: request }, { raw: answer }, done) => {
    secure(request, answer, (error) => done(error as Error | undefined));
  });
}
