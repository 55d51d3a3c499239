import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { JOB_NAMES } from '../queue/jobs.js';
import { QueueProcessor } from './queue.processor.js';

/** Names without exactly one handler, and handlers of no job, one sentence each. */
export function handlerFaults(jobs: readonly string[], handled: readonly string[]): string[] {
  const count = (name: string) => handled.filter((one) => one === name).length;
  return [
    ...jobs.filter((name) => count(name) === 0).map((name) => `nobody handles ${name}`),
    ...jobs.filter((name) => count(name) > 1).map((name) => `${name} is handled ${count(name)} times`),
    ...handled.filter((name) => !jobs.includes(name)).map((name) => `${name} is handled and is no job`),
  ];
}

/** A worker that cannot do all of the work does not start. */
@Injectable()
export class HandlersCheck implements OnModuleInit {
  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    const handled = this.discovery
      .getProviders()
      .map(({ instance }: { readonly instance: unknown }) => instance)
      .filter((instance) => instance instanceof QueueProcessor)
      .flatMap((processor) => Object.keys(processor.handlers));
    const faults = handlerFaults(JOB_NAMES, handled);
    if (faults.length > 0) throw new Error(`Jobs and handlers do not match: ${faults.join('; ')}.`);
  }
}
