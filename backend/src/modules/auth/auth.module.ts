import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { ThrottlerModule } from '@nestjs/throttler';
import { ENVIRONMENT } from '../../config/environment.js';
import { PatientsModule } from '../patients/patients.module.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { JwtStrategy } from './jwt.strategy.js';
import { SessionsService } from './sessions.service.js';
import { signInLimits } from './sign-in-throttler.guard.js';
import { TokenSignatures } from './token-signatures.js';
import { UserRateGuard } from './user-rate.guard.js';
import { UsersModule } from './users.module.js';

@Module({
  imports: [
    PassportModule,
    JwtModule.register({}),
    ThrottlerModule.forRootAsync({ inject: [ENVIRONMENT], useFactory: signInLimits }),
    UsersModule,
    PatientsModule,
  ],
  controllers: [AuthController],
  providers: [AuthService, JwtStrategy, JwtAuthGuard, UserRateGuard, TokenSignatures, SessionsService],
  exports: [JwtAuthGuard, UserRateGuard, TokenSignatures, SessionsService],
})
export class AuthModule {}
