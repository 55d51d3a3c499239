import { refuseEviction } from '../../../src/modules/background/queue/redis-eviction.js';
import { startApplication } from '../../support/application-process.js';
import { describeWithRedis, openOwnRedis, type OwnRedis } from '../../support/own-redis.js';

const NO_CONFIG = ['--rename-command', 'CONFIG', ''];
const evicting = (policy: string) => ['--maxmemory-policy', policy, '--maxmemory', '25mb'];

describeWithRedis('a queue server that evicts', () => {
  let redis: OwnRedis | undefined;
  afterEach(async () => {
    await redis?.close();
  });
  const connection = (user: object = {}) => ({
    host: '127.0.0.1',
    port: Number(new URL(redis?.url ?? '').port),
    ...user,
  });

  it.each(['api', 'worker', 'scheduler'])(
    'ends the start of the %s role with the policy and what to set',
    async (role) => {
      redis = await openOwnRedis(evicting('allkeys-lru'));
      const started = startApplication({
        PROCESS_ROLE: role,
        REDIS_URL: redis.url,
        API_PORT: '1',
        LOG_LEVEL: 'silent',
      });
      expect(await started.ended).toBe(1);
      expect(started.output()).toMatch(/maxmemory-policy allkeys-lru .*Set maxmemory-policy to noeviction\./);
    },
  );

  it.each([
    { policy: 'volatile-lru', config: true, refused: true },
    { policy: 'allkeys-random', config: false, refused: true },
    { policy: 'noeviction', config: true, refused: false },
    { policy: 'noeviction', config: false, refused: false },
  ])('with $policy, CONFIG allowed: $config, is refused: $refused', async ({ policy, config, refused }) => {
    redis = await openOwnRedis([...evicting(policy), ...(config ? [] : NO_CONFIG)]);
    const answer = refuseEviction(connection());
    if (refused) await expect(answer).rejects.toThrow(`maxmemory-policy ${policy}`);
    else await expect(answer).resolves.toBeUndefined();
  });

  it('is let through where it tells nobody', async () => {
    const user = ['--user', 'clinic', 'on', '>secret', '~*', '+@all', '-config', '-info'];
    redis = await openOwnRedis([...evicting('allkeys-lru'), ...user]);
    const login = { username: 'clinic', password: 'secret' };
    await expect(refuseEviction(connection(login))).resolves.toBeUndefined();
  });

  it('does not keep the start waiting where it is away', async () => {
    redis = await openOwnRedis(evicting('noeviction'));
    await redis.kill();
    await expect(refuseEviction(connection())).resolves.toBeUndefined();
  });
});
