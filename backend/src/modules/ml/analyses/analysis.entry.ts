import { isMainThread } from 'node:worker_threads';

/** Where the process of an analysis begins, and again its thread. The process needs nothing of what the thread computes with. */
void (isMainThread ? import('./analysis-host.js').then(({ host }) => host()) : import('./analysis-thread.js'));
