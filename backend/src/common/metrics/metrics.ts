import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type CounterName, type GaugeName, type HistogramName, INSTRUMENTS, type LabelsOf } from './instruments.js';

/** What is used of prom-client's instruments; the typed labels of the methods below are narrower than its own. */
interface Increased {
  inc(labels: object, by: number): void;
}
interface Settable {
  set(labels: object, value: number): void;
  reset(): void;
}
interface Observed {
  observe(labels: object, value: number): void;
}

/** Where features announce what they did. The one place that knows Prometheus. */
export class Metrics {
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;
  private readonly registry = new Registry();
  private readonly counters = new Map<string, Increased>();
  private readonly gauges = new Map<string, Increased & Settable>();
  private readonly histograms = new Map<string, Observed>();
  private readonly readers: (() => void | Promise<void>)[] = [];
  private watching = false;

  constructor() {
    for (const [name, { type, help, labels, ...more }] of Object.entries(INSTRUMENTS)) {
      const options = { name, help, labelNames: Object.keys(labels), registers: [this.registry] };
      if (type === 'counter') this.counters.set(name, zeroed(new Counter(options), labels));
      else if (type === 'gauge') this.gauges.set(name, new Gauge(options));
      else
        this.histograms.set(
          name,
          new Histogram({ ...options, ...('buckets' in more ? { buckets: [...more.buckets] } : {}) }),
        );
    }
  }

  /** Adds to a counter. */
  count<N extends CounterName>(name: N, labels: LabelsOf<N>, by = 1): void {
    this.counters.get(name)?.inc(labels, by);
  }

  /** Adds one duration, in seconds, to a histogram. */
  observe<N extends HistogramName>(name: N, labels: LabelsOf<N>, seconds: number): void {
    this.histograms.get(name)?.observe(labels, seconds);
  }

  set<N extends GaugeName>(name: N, labels: LabelsOf<N>, value: number): void {
    this.gauges.get(name)?.set(labels, value);
  }

  /** Adds to a gauge, or takes away from it. */
  shift<N extends GaugeName>(name: N, labels: LabelsOf<N>, by: number): void {
    this.gauges.get(name)?.inc(labels, by);
  }

  /** Forgets what a gauge said: better silent than out of date. */
  clear(name: GaugeName): void {
    this.gauges.get(name)?.reset();
  }

  /** Runs before every reading of the metrics. What it throws leaves its metrics as they were. */
  beforeReading(read: () => void | Promise<void>): void {
    this.readers.push(read);
  }

  /** Everything in the text format of Prometheus, with the process's own figures from the first reading on. */
  async text(): Promise<string> {
    if (!this.watching) collectDefaultMetrics({ register: this.registry });
    this.watching = true;
    await Promise.allSettled(this.readers.map(async (read) => read()));
    return this.registry.metrics();
  }

  /** The names of everything exported, without the suffixes of histograms. */
  names(): string[] {
    return this.registry.getMetricsAsArray().map(({ name }) => name);
  }
}

/** A counter that appears with its first event hides that event from `rate()`. */
function zeroed(counter: Counter, labels: Readonly<Record<string, readonly string[] | 'open'>>): Counter {
  let known: Record<string, string>[] = [{}];
  for (const [name, values] of Object.entries(labels)) {
    if (values === 'open') return counter;
    known = known.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  }
  for (const one of known) counter.inc(one, 0);
  return counter;
}
