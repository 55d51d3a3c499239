import { ApiProblem } from './api-problem';
import type { CallerHeaders } from './caller';

export interface TokenAnswer {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

const TIMEOUT_MS = 15_000;

/** The three calls that see tokens. Nothing else in the web process reads a token answer. */
export class IdentityApi {
  constructor(private readonly apiUrl: string) {}

  async login(email: string, password: string, caller: CallerHeaders): Promise<TokenAnswer> {
    return this.tokens('login', { email, password }, caller);
  }

  /** `null` when the API refuses the token for good; throws when it could not be asked. */
  async refresh(refreshToken: string, caller: CallerHeaders): Promise<TokenAnswer | null> {
    try {
      return await this.tokens('refresh', { refreshToken }, caller);
    } catch (error) {
      if (error instanceof ApiProblem && [400, 401, 403, 422].includes(error.status)) return null;
      throw error;
    }
  }

  async logout(tokens: { accessToken: string; refreshToken: string }, caller: CallerHeaders): Promise<void> {
    const headers = { ...caller, authorization: `Bearer ${tokens.accessToken}` };
    await this.post('logout', { refreshToken: tokens.refreshToken }, headers);
  }

  private async tokens(name: string, body: object, caller: CallerHeaders): Promise<TokenAnswer> {
    const requestId = caller['x-request-id'];
    const response = await this.post(name, body, caller);
    if (!response.ok) throw await ApiProblem.from(response, requestId);
    const answer: unknown = await response.json().catch(() => null);
    if (!isTokenAnswer(answer)) throw ApiProblem.unavailable(requestId);
    return answer;
  }

  private async post(name: string, body: object, headers: CallerHeaders): Promise<Response> {
    try {
      return await fetch(`${this.apiUrl}/api/v1/auth/${name}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        cache: 'no-store',
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      throw ApiProblem.unavailable(headers['x-request-id']);
    }
  }
}

function isTokenAnswer(answer: unknown): answer is TokenAnswer {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'accessToken' in answer &&
    typeof answer.accessToken === 'string' &&
    'refreshToken' in answer &&
    typeof answer.refreshToken === 'string' &&
    'expiresIn' in answer &&
    typeof answer.expiresIn === 'number'
  );
}
