import { isMainThread } from 'node:worker_threads';

/**
 * Where the process of analyses begins, with its priority as argument, and again each thread. The process needs nothing of
 * what a thread computes with.
 */
const [, entry = '', nice] = process.argv;
void (isMainThread
  ? import('./analysis-host.js').then(({ host }) => host(entry, Number(nice)))
  : import('./analysis-thread.js'));
