import type { CallerHeaders } from './caller';
import type { IdentityApi, TokenAnswer } from './identity-api';
import type { SessionStore, SessionTokens } from './store';

/** Renewals under way, by session id. Shared by every copy of the keeper in the process. */
export type Renewals = Map<string, Promise<SessionTokens | null>>;

const MAX_LEAD_MS = 30_000;
const LEAD_SHARE = 0.1;

export class SessionKeeper {
  constructor(
    private readonly store: SessionStore,
    private readonly identity: IdentityApi,
    private readonly renewals: Renewals,
    private readonly now: () => number,
  ) {}

  /** Signs in and answers a fresh session id; a session the browser still carried ends, so no id outlives a sign-in. */
  async open(email: string, password: string, caller: CallerHeaders, previousId: string | null): Promise<string> {
    const answer = await this.identity.login(email, password, caller);
    if (previousId) await this.close(previousId, caller);
    return this.store.create(this.toTokens(answer));
  }

  /**
   * A usable access token, or `null` when there is no such session (any more). `refused` is a token the API has just
   * answered 401 to: it is renewed unless another request did so meanwhile.
   */
  async accessToken(id: string, caller: CallerHeaders, refused?: string): Promise<string | null> {
    const tokens = await this.store.read(id);
    if (!tokens) return null;
    const due = this.now() >= tokens.refreshAt || tokens.accessToken === refused;
    if (!due) return tokens.accessToken;
    try {
      return (await this.renewOnce(id, tokens, caller))?.accessToken ?? null;
    } catch (error) {
      const stillGood = tokens.accessToken !== refused && this.now() < tokens.accessExpiresAt;
      if (stillGood) return tokens.accessToken;
      throw error;
    }
  }

  async isOpen(id: string): Promise<boolean> {
    return (await this.store.read(id)) !== null;
  }

  /** Ends the session here first: it is gone for the browser even when the API cannot be told. */
  async close(id: string, caller: CallerHeaders): Promise<void> {
    await this.renewals.get(id)?.catch(() => null);
    const tokens = await this.store.read(id);
    if (!tokens) return;
    await this.store.remove(id);
    await this.revoke(tokens, caller).catch(() => undefined);
  }

  /** Parallel requests wait for one renewal: a second use of the same refresh token would look like theft. */
  private renewOnce(id: string, tokens: SessionTokens, caller: CallerHeaders): Promise<SessionTokens | null> {
    const running = this.renewals.get(id);
    if (running) return running;
    const renewal = this.renew(id, tokens, caller).finally(() => this.renewals.delete(id));
    this.renewals.set(id, renewal);
    return renewal;
  }

  private async renew(id: string, tokens: SessionTokens, caller: CallerHeaders): Promise<SessionTokens | null> {
    const current = await this.store.read(id);
    if (current?.accessToken !== tokens.accessToken) return current;
    const answer = await this.identity.refresh(current.refreshToken, caller);
    if (!answer) {
      await this.store.remove(id);
      return null;
    }
    const renewed = this.toTokens(answer);
    if (await this.store.replace(id, renewed)) return renewed;
    await this.revoke(renewed, caller).catch(() => undefined); // signed out while the renewal was under way
    return null;
  }

  /** Logging out takes a live access token; the session may have been left alone for longer than one lasts. */
  private async revoke(tokens: SessionTokens, caller: CallerHeaders): Promise<void> {
    const isLive = this.now() < tokens.accessExpiresAt;
    const usable = isLive ? tokens : await this.identity.refresh(tokens.refreshToken, caller);
    if (usable) await this.identity.logout(usable, caller);
  }

  private toTokens({ accessToken, refreshToken, expiresIn }: TokenAnswer): SessionTokens {
    const lifeMs = expiresIn * 1000;
    const accessExpiresAt = this.now() + lifeMs;
    const refreshAt = accessExpiresAt - Math.min(MAX_LEAD_MS, lifeMs * LEAD_SHARE);
    return { accessToken, refreshToken, accessExpiresAt, refreshAt };
  }
}
