import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Metrics } from '../../common/metrics/metrics.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { type AlertTrouble, troublesOf } from '../../domain/alerts/standing.js';
import { guardedGet } from '../delivery/channels/guarded-post.js';
import { AlertWorkRepository } from './alert-work.repository.js';

/** The operator named the address, who may well watch from within the own network. */
const ADDRESSES = { allowHttp: true, allowPrivate: true };

/**
 * Says that alerts are found and sent, to somebody outside who is alarmed when nothing is heard any more. Silence is the
 * message: it must come whenever the work has stopped, for whatever reason.
 */
@Injectable()
export class HeartbeatService {
  private readonly logger = new Logger('Heartbeat');
  private lastSaid = '';

  constructor(
    private readonly clock: Clock,
    private readonly work: AlertWorkRepository,
    private readonly metrics: Metrics,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async beat(): Promise<void> {
    const { HEARTBEAT_URL } = this.environment;
    if (!HEARTBEAT_URL) return;
    const troubles = troublesOf(await this.work.workAt(this.clock.now()));
    if (troubles.length > 0) return this.withhold(troubles);
    const outcome = await guardedGet(HEARTBEAT_URL, { 'user-agent': 'GlucoLens' }, ADDRESSES);
    this.metrics.count('glucolens_heartbeats_total', { outcome: outcome === 'delivered' ? 'sent' : 'failed' });
    if (outcome !== 'delivered') return this.say(`the heartbeat did not arrive: ${outcome}`);
    await this.work.noteEnd('heartbeat', this.clock.now());
    this.lastSaid = '';
  }

  private withhold(troubles: readonly AlertTrouble[]): void {
    this.metrics.count('glucolens_heartbeats_total', { outcome: 'withheld' });
    this.say(`no heartbeat: ${troubles.join(', ')}`);
  }

  /** Once, not each minute. */
  private say(line: string): void {
    if (line === this.lastSaid) return;
    this.lastSaid = line;
    this.logger.warn(line);
  }
}
