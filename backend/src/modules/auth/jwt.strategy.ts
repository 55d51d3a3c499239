import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { accessTokenKey, toActor, TOKEN_RULES } from './access-token.js';
import type { Actor } from './actor.js';
import { SessionsService } from './sessions.service.js';

/** Bearer access tokens: signature, algorithm, issuer, audience and expiry, and that the session was not ended. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    private readonly sessions: SessionsService,
  ) {
    const key = accessTokenKey(environment.SECRET_KEY);
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      algorithms: [TOKEN_RULES.algorithm],
      issuer: TOKEN_RULES.issuer,
      audience: TOKEN_RULES.audience,
      // The types know strings and buffers only, but those are parsed anew for each request, at several times its cost.
      secretOrKeyProvider: (_request, _token, done) => Reflect.apply(done, undefined, [null, key]),
    });
  }

  async validate(payload: unknown): Promise<Actor | null> {
    const actor = toActor(payload);
    return actor && (await this.sessions.isLive(actor.sessionId)) ? actor : null;
  }
}
