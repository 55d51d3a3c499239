export interface FieldError {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** From the API's fixed list; pages switch on it. */
  readonly code: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly FieldError[];
}

const BRAND = Symbol.for('glucolens.api-problem');

/** An error answer of the API, or its absence (`UNAVAILABLE`). */
export class ApiProblem extends Error {
  readonly [BRAND] = true;

  constructor(
    readonly document: ProblemDocument,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(`${document.status} ${document.code}`);
    this.name = 'ApiProblem';
  }

  get status(): number {
    return this.document.status;
  }

  get code(): string {
    return this.document.code;
  }

  get requestId(): string {
    return this.document.requestId;
  }

  static unavailable(requestId: string): ApiProblem {
    return new ApiProblem(problemDocument(503, 'UNAVAILABLE', 'The service is not available right now', requestId), 5);
  }

  static async from(response: Response, requestId: string): Promise<ApiProblem> {
    const body: unknown = await response.json().catch(() => null);
    const fallback = problemDocument(response.status, fallbackCode(response.status), 'The request failed', requestId);
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
    return new ApiProblem(
      isProblemDocument(body) ? body : fallback,
      Number.isFinite(retryAfter) && retryAfter >= 0 ? retryAfter : null,
    );
  }

  /** Next bundles pages, actions and route handlers apart, so one process holds several copies of this class. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

export function problemDocument(
  status: number,
  code: string,
  title: string,
  requestId: string,
  detail: string = title,
): ProblemDocument {
  const type = `urn:glucolens:problem:${code.toLowerCase().replaceAll('_', '-')}`;
  return { type, title, status, code, detail, requestId };
}

export function problemResponse(document: ProblemDocument, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(document), {
    status: document.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'private, no-store',
      'x-request-id': document.requestId,
      ...headers,
    },
  });
}

function isProblemDocument(body: unknown): body is ProblemDocument {
  return typeof body === 'object' && body !== null && 'code' in body && 'status' in body && 'requestId' in body;
}

function fallbackCode(status: number): string {
  if (status === 401) return 'UNAUTHENTICATED';
  if (status === 404) return 'NOT_FOUND';
  return status >= 502 ? 'UNAVAILABLE' : 'INTERNAL_ERROR';
}
