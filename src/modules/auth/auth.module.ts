import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { RequestLimits } from '../../common/http/rate-limit';
import { AuditModule } from '../audit/audit.module';
import { MembersModule } from '../members/members.module';
import { MerchantsModule } from '../merchants/merchants.module';
import { AccessTokens } from './access-tokens.service';
import { AuthController } from './auth.controller';
import { AuthFacade } from './auth.facade';
import { AuthService } from './auth.service';
import { ClientAuthentication } from './client-authentication.service';
import { AccessPolicies } from './guards/access-policy';
import { AuthenticationGuard } from './guards/authentication.guard';
import { AuthorisationGuard } from './guards/authorisation.guard';
import { PassportGuard } from './guards/passport.guard';
import { RateLimitGuard } from './guards/rate-limit.guard';
import { LoginAttempts } from './login-attempts.service';
import { MerchantTokens } from './merchant-tokens.service';
import { OwnContactController } from './own-contact.controller';
import { OwnPasswordController } from './own-password.controller';
import { OAuthController } from './oauth.controller';
import { OAuthService } from './oauth.service';
import { RevokedTokens } from './revoked-tokens.service';
import { Sessions } from './sessions.service';
import { SigningKeys } from './signing-keys.service';
import { MemberTokenStrategy } from './strategies/member-token.strategy';
import { MerchantKeyStrategy } from './strategies/merchant-key.strategy';
import { MerchantTokenStrategy } from './strategies/merchant-token.strategy';
import { WellKnownController } from './well-known.controller';

/** Login, tokens, and the guards of every operation of the app, in the order in which they are listed. */
@Module({
  imports: [AuditModule, MembersModule, MerchantsModule, JwtModule.register({})],
  controllers: [
    AuthController,
    OwnPasswordController,
    OwnContactController,
    OAuthController,
    WellKnownController,
  ],
  providers: [
    RequestLimits,
    SigningKeys,
    AccessTokens,
    RevokedTokens,
    MerchantTokens,
    Sessions,
    LoginAttempts,
    AuthService,
    ClientAuthentication,
    OAuthService,
    AuthFacade,
    MerchantKeyStrategy,
    MerchantTokenStrategy,
    MemberTokenStrategy,
    AccessPolicies,
    PassportGuard,
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: AuthorisationGuard },
  ],
  exports: [AuthFacade],
})
export class AuthModule {}
