import { StandardSchemaValidationPipe } from '@nestjs/common';
import { type FieldError, Problem } from './problem.js';

/** Turns a schema's complaints into one answer that names each field and repeats no value. */
export const validationPipe = (): StandardSchemaValidationPipe =>
  new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      new Problem('INVALID_INPUT', 'Some fields are missing or not valid.', issues.map(toFieldError)),
  });

interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly code?: string;
}

export function toFieldError(issue: SchemaIssue): FieldError {
  const path = (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.');
  return { path, code: issue.code ?? 'invalid', message: issue.message };
}
