import { readFileSync } from 'node:fs';
import { whenCalled } from './main-script.mjs';

/** What a finished workflow is worth saying, or null. Nothing that a pull request can write is repeated. */
export function messageFor(event) {
  const run = event.workflow_run;
  if (!run || !['failure', 'timed_out', 'startup_failure'].includes(run.conclusion)) return null;
  if (!['main', 'develop'].includes(run.head_branch) || run.event === 'pull_request') return null;
  const commit = /^[0-9a-f]{40}$/.test(run.head_sha) ? run.head_sha.slice(0, 7) : 'unknown commit';
  const address = new URL(run.html_url);
  return `GlucoLens: ${String(run.name).replaceAll(/[^\w -]/g, '')} ended with ${run.conclusion} on ${run.head_branch} (${commit}): ${address.href}`;
}

/** Slack reads `text`, Discord `content`; each ignores the other. */
export async function send(webhook, message) {
  const answer = await fetch(webhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: message, content: message }),
    signal: AbortSignal.timeout(15_000),
  });
  if (!answer.ok) throw new Error(`the webhook answered ${answer.status}`);
}

async function main() {
  const message = messageFor(JSON.parse(readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8')));
  const webhook = process.env.NOTIFY_WEBHOOK_URL;
  if (!message) process.stdout.write('Nothing to say.\n');
  else if (!webhook) process.stdout.write(`Not sent, since the secret NOTIFY_WEBHOOK_URL is not set: ${message}\n`);
  else await send(webhook, message);
  return 0;
}

await whenCalled(import.meta.url, main);
