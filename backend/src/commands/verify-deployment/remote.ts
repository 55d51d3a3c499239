/** A deployment could not be asked, or answered something else than it should. */
export class RemoteError extends Error {}

export interface RemoteOptions {
  readonly timeoutMs: number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
  readonly tell: (message: string) => void;
}

/** Between two questions while something is awaited. */
const PAUSE_MS = 1_000;

/** Asks one deployment over HTTP; nothing of an answer's body ever gets into a message. */
export class Remote {
  constructor(private readonly options: RemoteOptions) {}

  /** Fails where the answer has another status than one of those expected. */
  async ask(url: string, expected: readonly number[], init: RequestInit = {}): Promise<Response> {
    const answer = await this.tryOnce(url, init);
    if (!answer) throw new RemoteError(`${url} does not answer`);
    if (!expected.includes(answer.status)) {
      await answer.body?.cancel();
      throw new RemoteError(`${url} answered ${answer.status} where ${expected.join(' or ')} was expected`);
    }
    return answer;
  }

  /** JSON of an answer, as an object. */
  async json(url: string, expected: readonly number[], init: RequestInit = {}): Promise<Record<string, unknown>> {
    const body: unknown = await (await this.ask(url, expected, init)).json().catch(() => null);
    if (typeof body !== 'object' || body === null) throw new RemoteError(`${url} answered no JSON object`);
    return body as Record<string, unknown>;
  }

  /** Asks again until there is an answer that is not `null`: a sleeping free service takes a minute to wake. */
  async until<T>(what: string, attempt: () => Promise<T | null>): Promise<T> {
    const end = this.options.now() + this.options.timeoutMs;
    for (let tries = 1; ; tries++) {
      const found = await attempt();
      if (found !== null) return found;
      if (this.options.now() >= end) throw new RemoteError(`${what} within ${this.options.timeoutMs / 1000} s: no`);
      if (tries % 10 === 1) this.options.tell(`waiting for: ${what}`);
      await this.options.sleep(PAUSE_MS);
    }
  }

  /** `null` where nobody answered. */
  async tryOnce(url: string, init: RequestInit = {}): Promise<Response | null> {
    const signal = AbortSignal.timeout(Math.min(30_000, this.options.timeoutMs));
    return fetch(url, { redirect: 'manual', ...init, signal }).catch(() => null);
  }
}

export const postJson = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
