const begin = performance.now();
const seconds = (since) => ((performance.now() - since) / 1000).toFixed(1);

export const say = (text) => process.stdout.write(`[${seconds(begin).padStart(6)} s] ${text}\n`);

/** Announces a step, ticks while it lasts, and says how long it took. */
export async function step(title, work, { tickSeconds = 10, to = say } = {}) {
  const start = performance.now();
  to(`${title} …`);
  const ticker = setInterval(() => to(`  … still at it after ${seconds(start)} s`), tickSeconds * 1000);
  try {
    const result = await work();
    to(`  done in ${seconds(start)} s`);
    return result;
  } finally {
    clearInterval(ticker);
  }
}
