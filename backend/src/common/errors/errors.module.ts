import { Global, Module } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { Clock } from '../clock.js';
import { SERVICE_NAME, SERVICE_VERSION } from '../service.js';
import { ErrorReporter, NoErrorReporter } from './error-reporter.js';
import { ErrorWebhook } from './error-webhook.js';
import { UnexpectedErrors } from './unexpected-errors.js';

function openReporter({ ERROR_WEBHOOK_URL, REVISION, PROCESS_ROLE }: Environment, clock: Clock): ErrorReporter {
  if (!ERROR_WEBHOOK_URL) return new NoErrorReporter();
  const origin = { service: SERVICE_NAME, version: SERVICE_VERSION, revision: REVISION, role: PROCESS_ROLE };
  return new ErrorWebhook(ERROR_WEBHOOK_URL, origin, clock);
}

@Global()
@Module({
  providers: [{ provide: ErrorReporter, inject: [ENVIRONMENT, Clock], useFactory: openReporter }, UnexpectedErrors],
  exports: [UnexpectedErrors],
})
export class ErrorsModule {}
