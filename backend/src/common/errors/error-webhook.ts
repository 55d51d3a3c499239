import { Logger } from '@nestjs/common';
import type { Clock } from '../clock.js';
import { errorFacts } from './error-facts.js';
import { ErrorReporter, type UnexpectedError } from './error-reporter.js';

/** The first error is told almost at once, together with what follows on its heels. */
const GATHER_MS = 1_000;

/** Whatever happens, there is no more than one message in this time. */
const PAUSE_MS = 60_000;

/** Kinds of errors in one message; a hundred different ones are one outage. */
const MOST_KINDS = 50;

const PATIENCE_MS = 3_000;

interface Kind {
  readonly source: UnexpectedError['source'];
  readonly type: string;
  readonly code: string | null;
  readonly where: string;
  requestId: string | null;
  count: number;
  readonly firstAt: string;
  lastAt: string;
}

/** Posts errors as JSON to an address: one entry a kind, with how often it happened. */
export class ErrorWebhook extends ErrorReporter {
  private readonly logger = new Logger('ErrorWebhook');
  private kinds = new Map<string, Kind>();
  private timer: NodeJS.Timeout | null = null;
  private pausedUntil = 0;

  /** @param origin what every message says of its sender: service, version, revision, role */
  constructor(
    private readonly url: string,
    private readonly origin: Readonly<Record<string, string>>,
    private readonly clock: Clock,
    private readonly pauseMs = PAUSE_MS,
  ) {
    super();
  }

  override report({ source, facts, where, requestId }: UnexpectedError): void {
    const { type, code = null } = facts;
    const key = JSON.stringify([source, type, code, where]);
    const lastAt = this.clock.now().toISOString();
    const kind = this.kinds.get(key);
    if (kind) Object.assign(kind, { requestId, lastAt, count: kind.count + 1 });
    else if (this.kinds.size < MOST_KINDS) {
      this.kinds.set(key, { source, type, code, where, requestId, count: 1, firstAt: lastAt, lastAt });
    }
    this.sendLater();
  }

  override async flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.kinds.size > 0) await this.send();
  }

  private sendLater(): void {
    if (this.timer) return;
    const wait = Math.max(GATHER_MS, this.pausedUntil - performance.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.send();
    }, wait).unref();
  }

  private async send(): Promise<void> {
    const errors = [...this.kinds.values()];
    this.kinds = new Map();
    this.pausedUntil = performance.now() + this.pauseMs;
    try {
      const answer = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...this.origin, errors }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      await answer.body?.cancel();
      if (!answer.ok) this.logger.warn(`the error webhook answered ${answer.status}`);
    } catch (error) {
      this.logger.warn(`the error webhook cannot be reached: ${errorFacts(error).type}`);
    }
  }
}
