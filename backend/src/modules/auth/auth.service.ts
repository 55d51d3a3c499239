import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { DataSource } from 'typeorm';
import { Metrics } from '../../common/metrics/metrics.js';
import { Problem } from '../../common/problem.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { isUniqueViolation } from '../../database/database-errors.js';
import { PatientsRepository } from '../patients/patients.repository.js';
import { ACCESS_TOKEN_SECONDS, accessTokenKey, toClaims, TOKEN_RULES } from './access-token.js';
import type { Actor } from './actor.js';
import type {
  LoginRequest,
  PasswordChange,
  ProfileChange,
  RegisterRequest,
  Tokens,
  UserAccount,
} from './auth.schemas.js';
import { hashPassword, passwordMatches } from './passwords.js';
import { type Session, SessionsService } from './sessions.service.js';
import { UsersRepository } from './users.repository.js';

@Injectable()
export class AuthService {
  private readonly key;

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    private readonly dataSource: DataSource,
    private readonly jwt: JwtService,
    private readonly users: UsersRepository,
    private readonly patients: PatientsRepository,
    private readonly sessions: SessionsService,
    private readonly metrics: Metrics,
  ) {
    this.key = accessTokenKey(environment.SECRET_KEY);
  }

  /** Makes an account and its own patient record, and never anything more. */
  async register(request: RegisterRequest): Promise<UserAccount> {
    const displayName = request.displayName ?? request.email.split('@', 1)[0] ?? request.email;
    const passwordHash = await hashPassword(request.password);
    try {
      const id = await this.dataSource.transaction(async (manager) => {
        const userId = await this.users.insert(manager, { email: request.email, passwordHash, displayName });
        await this.patients.insert(manager, { userId, displayName, timeZone: request.timeZone });
        return userId;
      });
      return await this.account(id);
    } catch (error) {
      if (isUniqueViolation(error)) throw new Problem('EMAIL_TAKEN');
      throw error;
    }
  }

  async login({ email, password }: LoginRequest): Promise<Tokens> {
    const user = await this.users.findByEmail(email);
    if (!(await passwordMatches(user?.passwordHash ?? null, password)) || !user) {
      this.metrics.count('glucolens_sign_ins_total', { outcome: 'wrong-credentials' });
      throw new Problem('INVALID_CREDENTIALS');
    }
    const tokens = this.tokensOf(await this.sessions.open(user.id), user.isPlatformAdmin);
    this.metrics.count('glucolens_sign_ins_total', { outcome: 'success' });
    return tokens;
  }

  async refresh(refreshToken: string): Promise<Tokens> {
    const session = await this.sessions.rotate(refreshToken);
    const user = await this.users.findById(session.userId);
    if (!user) throw new Problem('INVALID_TOKEN');
    return this.tokensOf(session, user.isPlatformAdmin);
  }

  async account(userId: string): Promise<UserAccount> {
    const account = await this.users.describe(userId);
    if (!account) throw new Problem('UNAUTHENTICATED');
    return account;
  }

  async changeProfile(actor: Actor, change: ProfileChange): Promise<UserAccount> {
    await this.users.changeProfile(actor.userId, change);
    return this.account(actor.userId);
  }

  /** The session that changes the password stays, every other one of the account ends. */
  async changePassword(actor: Actor, { oldPassword, newPassword }: PasswordChange): Promise<void> {
    const user = await this.users.findById(actor.userId);
    if (!(await passwordMatches(user?.passwordHash ?? null, oldPassword))) {
      throw new Problem('INVALID_INPUT', 'The old password is wrong.', [
        { path: 'oldPassword', code: 'wrong_password', message: 'This is not the password of the account.' },
      ]);
    }
    await this.users.changePassword(actor.userId, await hashPassword(newPassword));
    await this.sessions.endOthers(actor.userId, actor.sessionId);
  }

  private tokensOf(session: Session, isPlatformAdmin: boolean): Tokens {
    const accessToken = this.jwt.sign(toClaims({ ...session, isPlatformAdmin }), {
      privateKey: this.key,
      algorithm: TOKEN_RULES.algorithm,
      issuer: TOKEN_RULES.issuer,
      audience: TOKEN_RULES.audience,
      expiresIn: ACCESS_TOKEN_SECONDS,
    });
    return { accessToken, refreshToken: session.refreshToken, tokenType: 'Bearer', expiresIn: ACCESS_TOKEN_SECONDS };
  }
}
