import { Scene } from './scene.mjs';

/**
 * Plays one fault and answers its row. A fault answers what happened and its counts, or `notRun` with the reason why
 * this machine cannot play it; whatever it throws is a failure, as is the rejection of `interrupted` meanwhile.
 */
export async function play(ground, fault, { tell, signal, interrupted }) {
  const begun = performance.now();
  const row = { fault: fault.name, happened: fault.title, recoverySeconds: null };
  let scene = null;
  const outcome = await (async () => {
    try {
      scene = await Scene.open(ground, fault.name, { tell, signal });
      return judge(scene, await Promise.race([fault.run(scene), interrupted]));
    } catch (error) {
      const [summary, ...details] = error.message.split('\n');
      if (details.length > 0) tell(details.join('\n'));
      return { findings: [...(scene?.findings ?? []), summary], verdict: 'fails' };
    } finally {
      await scene?.close();
    }
  })();
  return { ...row, ...outcome, seconds: (performance.now() - begun) / 1000 };
}

function judge(scene, { notRun, ...outcome }) {
  if (notRun) return { findings: [notRun], verdict: 'not run' };
  scene.expect(outcome.lost === 0 && outcome.doubled === 0, 'readings are lost or doubled');
  return { ...outcome, findings: scene.findings, verdict: scene.findings.length === 0 ? 'holds' : 'fails' };
}
