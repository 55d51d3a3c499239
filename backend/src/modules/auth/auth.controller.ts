import { Body, Controller, Get, HttpCode, Post, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { Public } from '../../common/public.decorator.js';
import { type Actor, CurrentActor } from './actor.js';
import {
  LoginRequest,
  PasswordChange,
  ProfileChange,
  RefreshRequest,
  RegisterRequest,
  Tokens,
  UserAccount,
} from './auth.schemas.js';
import { AuthService } from './auth.service.js';
import { SessionsService } from './sessions.service.js';
import { SignInThrottlerGuard } from './sign-in-throttler.guard.js';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionsService,
  ) {}

  @Post('register')
  @Public()
  @UseGuards(SignInThrottlerGuard)
  @SkipThrottle({ account: true })
  @ApiCreatedResponse({ standardSchema: UserAccount })
  register(@Body({ schema: RegisterRequest }) body: RegisterRequest): Promise<UserAccount> {
    return this.auth.register(body);
  }

  @Post('login')
  @Public()
  @UseGuards(SignInThrottlerGuard)
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Tokens })
  login(@Body({ schema: LoginRequest }) body: LoginRequest): Promise<Tokens> {
    return this.auth.login(body);
  }

  @Post('refresh')
  @Public()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Tokens })
  refresh(@Body({ schema: RefreshRequest }) body: RefreshRequest): Promise<Tokens> {
    return this.auth.refresh(body.refreshToken);
  }

  @Post('logout')
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiNoContentResponse()
  logout(@CurrentActor() actor: Actor): Promise<void> {
    return this.sessions.end(actor.sessionId);
  }

  @Get('me')
  @ApiBearerAuth()
  @ApiOkResponse({ standardSchema: UserAccount })
  whoAmI(@CurrentActor() actor: Actor): Promise<UserAccount> {
    return this.auth.account(actor.userId);
  }

  @Put('profile')
  @ApiBearerAuth()
  @ApiOkResponse({ standardSchema: UserAccount })
  changeProfile(
    @CurrentActor() actor: Actor,
    @Body({ schema: ProfileChange }) body: ProfileChange,
  ): Promise<UserAccount> {
    return this.auth.changeProfile(actor, body);
  }

  @Post('change-password')
  @UseGuards(SignInThrottlerGuard)
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiNoContentResponse()
  changePassword(@CurrentActor() actor: Actor, @Body({ schema: PasswordChange }) body: PasswordChange): Promise<void> {
    return this.auth.changePassword(actor, body);
  }
}
