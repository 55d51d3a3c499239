/** Every error the API may answer with. Clients switch on these: a code is added or deprecated, never renamed. */
export const PROBLEMS = {
  INVALID_INPUT: { status: 422, title: 'The request is not valid' },
  MALFORMED_REQUEST: { status: 400, title: 'The request could not be read' },
  UNAUTHENTICATED: { status: 401, title: 'Sign in first' },
  INVALID_CREDENTIALS: { status: 401, title: 'E-mail or password is wrong' },
  INVALID_TOKEN: { status: 401, title: 'The token is not valid' },
  FORBIDDEN: { status: 403, title: 'This is not permitted' },
  NOT_FOUND: { status: 404, title: 'There is nothing here' },
  PATIENT_NOT_FOUND: { status: 404, title: 'No such patient' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The method is not allowed' },
  CONFLICT: { status: 409, title: 'This contradicts what is stored' },
  EMAIL_TAKEN: { status: 409, title: 'The e-mail address is in use' },
  ALERT_OVER: { status: 409, title: 'The alert is over' },
  ALERT_GRAVER: { status: 409, title: 'The alert has become graver' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The request is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The content type is not supported' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests' },
  INTERNAL_ERROR: { status: 500, title: 'Something went wrong here' },
  UNAVAILABLE: { status: 503, title: 'The service is not available right now' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** One fault in the input. `path` names the field or row, as in `readings.3.value`; it never carries the value. */
export interface FieldError {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** Services throw this; the filter alone knows HTTP. The detail is read by strangers: no health data, no internals. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail: string = PROBLEMS[code].title,
    readonly errors: readonly FieldError[] = [],
    readonly retryAfterSeconds?: number,
  ) {
    super(`${code}: ${detail}`);
    this.name = 'Problem';
  }
}
