import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { accessTokenKey, TOKEN_RULES } from './access-token.js';

const BEARER = /^bearer (\S+)$/i;

/** A first look at access tokens, for where the login itself would cost too much. It is no substitute for it. */
@Injectable()
export class TokenSignatures {
  private readonly key: Buffer;

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    private readonly jwt: JwtService,
  ) {
    this.key = accessTokenKey(environment.SECRET_KEY).export();
  }

  /** Whether the header bears a token that was signed here and has not expired. Its session may have ended. */
  isOurs(authorization: string | undefined): boolean {
    const token = BEARER.exec(authorization ?? '')?.[1];
    if (token === undefined) return false;
    const { issuer, audience, algorithm } = TOKEN_RULES;
    try {
      this.jwt.verify(token, { secret: this.key, algorithms: [algorithm], issuer, audience });
      return true;
    } catch {
      return false;
    }
  }
}
