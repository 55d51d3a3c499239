import { cpus, loadavg, totalmem } from 'node:os';

/** What a measurement was made on. */
export function describeMachine() {
  const [processor] = cpus();
  return {
    processor: processor?.model.trim(),
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    load: loadavg()[0],
  };
}
