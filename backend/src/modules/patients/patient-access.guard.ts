import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../common/problem.js';
import { actorOf } from '../auth/actor.js';
import { AnswerOnceNoted } from './answer-once-noted.js';
import type { AccessNeed } from './access.js';
import { type Occasion, PatientAccessService, type AccessiblePatient as Patient } from './patient-access.service.js';

export const PATIENT_ACCESS = 'glucolens:patient-access';
const NOTED_MEANWHILE = 'glucolens:noted-meanwhile';

declare module 'fastify' {
  interface FastifyRequest {
    accessiblePatient?: Patient;
  }
}

/**
 * The look is written down while the answer is computed, and the answer waits for it: a round trip and a write to disk less
 * to wait for. Only for routes that change nothing and whose answer is what the method returns.
 */
export const NotedMeanwhile = () =>
  applyDecorators(SetMetadata(NOTED_MEANWHILE, true), UseInterceptors(AnswerOnceNoted));

/** What a route under `:patientId` needs. A route without this is refused when the process starts. */
export const PatientAccess = (need: AccessNeed) =>
  applyDecorators(
    SetMetadata(PATIENT_ACCESS, need),
    ApiParam({
      name: 'patientId',
      description: 'The patient, or `me` for the own record.',
      schema: { type: 'string' },
    }),
  );

/** The patient that the guard let the caller through to, as a parameter of a controller method. */
export const AccessiblePatient = createParamDecorator((_: unknown, context: ExecutionContext): Patient => {
  const { accessiblePatient } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!accessiblePatient) throw new Problem('PATIENT_NOT_FOUND');
  return accessiblePatient;
});

/** The route of a request as the audit log names it: `GET /patients/{patientId}/metrics`. */
export function actionOf(request: FastifyRequest): string {
  const template = (request.routeOptions.url ?? '').replace(/^\/api\/v\d+/, '').replaceAll(/:(\w+)/g, '{$1}');
  return `${request.method} ${template}`;
}

/** A request that reaches a patient by the id of something else, as the audit log tells of it. */
export const occasionOf = (request: FastifyRequest): Occasion => ({
  action: actionOf(request),
  requestId: request.id,
});

/** Stands before every route with `:patientId`, after the login. */
@Injectable()
export class PatientAccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly access: PatientAccessService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { patientId?: string } }>>();
    const patientId = request.params?.patientId;
    if (patientId === undefined) return true;
    const need = this.reflector.getAllAndOverride<AccessNeed | undefined>(PATIENT_ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!need) throw new Problem('FORBIDDEN');
    const { patient, noted } = await this.access.admit(actorOf(request), patientId, need, occasionOf(request));
    request.accessiblePatient = patient;
    request.lookNoted = noted;
    if (!this.reflector.get<boolean | undefined>(NOTED_MEANWHILE, context.getHandler())) await noted;
    return true;
  }
}
