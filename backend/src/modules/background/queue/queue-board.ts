import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import { getQueueToken } from '@nestjs/bullmq';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Queue } from 'bullmq';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerProblem, toProblem } from '../../../common/problem.filter.js';
import { Problem } from '../../../common/problem.js';
import { actorOf } from '../../auth/actor.js';
import { JwtAuthGuard } from '../../auth/jwt-auth.guard.js';
import { QUEUES } from './jobs.js';

/** Where the board is served. A browser reaches it at this path of the web, which adds the token of its session. */
export const QUEUE_BOARD_PATH = '/api/v1/admin/queues';

/** Its own files only: the board asks for fonts from elsewhere and does without. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves Bull Board: every job of every organisation, so for administrators of the platform alone. */
export function serveQueueBoard(app: NestFastifyApplication): void {
  const serverAdapter = new FastifyAdapter().setBasePath(QUEUE_BOARD_PATH);
  createBullBoard({
    queues: Object.keys(QUEUES).map(
      (name) => new BullMQAdapter(app.get<Queue>(getQueueToken(name), { strict: false })),
    ),
    serverAdapter,
    options: { uiConfig: { boardTitle: 'GlucoLens' } },
  });
  const guard = app.get(JwtAuthGuard, { strict: false });
  void app
    .getHttpAdapter()
    .getInstance()
    .register(
      (scope, _options, done) => {
        scope.addHook('onRequest', (request, reply) => admit(guard, request, reply));
        scope.addHook('onSend', async (_request, reply) => {
          reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
        });
        void scope.register(serverAdapter.registerPlugin());
        done();
      },
      { prefix: QUEUE_BOARD_PATH },
    );
}

/** The board's routes are no controllers, so the guard of all routes is asked by hand. */
async function admit(guard: JwtAuthGuard, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  try {
    await guard.canActivate(new ExecutionContextHost([request, reply], FastifyAdapter, serveQueueBoard));
    if (!actorOf(request).isPlatformAdmin) throw new Problem('FORBIDDEN');
  } catch (error) {
    answerProblem(toProblem(error), request, reply);
  }
}
