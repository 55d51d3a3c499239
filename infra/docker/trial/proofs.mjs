import { BACKEND_CLI, ensureBackend } from '../../local/build.mjs';
import { run, waitUntil } from '../../local/processes.mjs';
import {
  OURS,
  developmentFindings,
  lookInside,
  privilegeFindings,
  processFindings,
  stopFindings,
  writingFindings,
} from './containers.mjs';
import { buildImage, settingsFindings } from './images.mjs';

/** In their order: `prove` answers `{ findings, note? }`, or throws where the rest could not go on. */
export const PROOFS = [
  {
    title: 'both images are built from the Dockerfiles',
    async prove({ engine, images, revision, built, tell }) {
      if (built) return { findings: [], note: 'earlier' };
      for (const image of images) {
        tell(`building ${image.name}`);
        await buildImage(engine, image, revision);
      }
      return { findings: [] };
    },
  },
  {
    title: 'they name user, command, healthcheck and commit',
    async prove({ engine, images, revision }) {
      const findings = await Promise.all(images.map((image) => settingsFindings(engine, image, revision)));
      return { findings: findings.flat() };
    },
  },
  {
    title: 'the stack starts, each service after what it waits for',
    async prove({ stack }) {
      await stack.up();
      return { findings: [] };
    },
  },
  insideProof('every process is user 1000, without capabilities', privilegeFindings),
  insideProof('the root is read-only, /tmp is not', writingFindings),
  insideProof('process 1 is an init or node, and no shell stands between', processFindings),
  insideProof('no package for development is inside', developmentFindings),
  {
    title: 'HEALTHCHECK passes in each container',
    async prove({ engine, stack }) {
      const healthy = await Promise.all(OURS.map((name) => engine.isHealthy(stack.container(name))));
      return { findings: OURS.filter((_, index) => !healthy[index]).map((name) => `${name} is not healthy`) };
    },
  },
  {
    title: '/health/ready answers 200, and the commit is the one built',
    async prove({ addresses, revision }) {
      const ready = await fetch(`${addresses.api}/health/ready`);
      const found = (await fetch(`${addresses.api}/health`)).headers.get('x-revision');
      return {
        findings: [
          ...(ready.status === 200 ? [] : [`/health/ready answers ${ready.status}`]),
          ...(found === revision ? [] : [`it says it is ${found}`]),
        ],
      };
    },
  },
  {
    title: 'cli verify-deployment passes, through the web alone',
    async prove({ addresses }) {
      await ensureBackend({ to: () => {} });
      const args = [BACKEND_CLI, 'verify-deployment', addresses.web];
      const { code, stdout, text } = await run(process.execPath, args, { output: 'capture', accept: 'any' });
      return { findings: code === 0 ? [] : [`exit ${code}: ${stdout || text}`] };
    },
  },
  {
    title: 'mail from the worker arrives at mailpit',
    async prove({ engine, stack, addresses }) {
      const script = `const url = require('node:fs').readFileSync(process.env.SMTP_URL_FILE, 'utf8');
        const mail = { from: 'a@example.invalid', to: 'b@example.invalid', subject: 'trial', text: 'x' };
        require('nodemailer').createTransport(url).sendMail(mail);`;
      await engine.exec(stack.container('worker'), ['node', '-e', script]);
      const subjects = async () =>
        (await (await fetch(`${addresses.mail}/api/v1/messages`)).json()).messages.map(({ Subject }) => Subject);
      const arrived = await waitUntil(async () => (await subjects()).includes('trial'), { seconds: 10 });
      return { findings: arrived ? [] : ['it did not arrive'] };
    },
  },
  {
    title: 'SIGTERM ends each of ours with exit code 0',
    async prove({ engine, stack }) {
      const stopped = [];
      for (const name of OURS) stopped.push({ name, ...(await stopFindings(engine, name, stack.container(name), 45)) });
      return {
        findings: stopped.flatMap(({ findings }) => findings),
        note: stopped.map(({ name, took }) => `${name} ${took.toFixed(1)} s`).join(', '),
      };
    },
  },
  {
    title: 'started again on the same volumes, the secrets and the demo logins are there',
    async prove({ stack, addresses }) {
      await stack.remove();
      await stack.up();
      const login = await fetch(`${addresses.api}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'clinician@demo.glucolens.dev', password: 'glucolens-demo' }),
      });
      return { findings: login.status === 200 ? [] : [`the login is answered ${login.status}`] };
    },
  },
];

/** What holds of a look inside each of our containers. */
function insideProof(title, findingsOf) {
  return {
    title,
    async prove({ engine, stack }) {
      const findings = [];
      for (const name of OURS) findings.push(...findingsOf(name, await lookInside(engine, stack.container(name))));
      return { findings };
    },
  };
}
