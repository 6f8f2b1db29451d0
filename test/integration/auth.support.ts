import formbody from '@fastify/formbody';
import { Controller, Get, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { LightMyRequestResponse } from 'fastify';
import { DataSource } from 'typeorm';
import { AcquirersModule } from '../../src/acquirers/acquirers.module';
import { CommonModule } from '../../src/common/common.module';
import { CryptoModule } from '../../src/common/crypto/crypto.module';
import { DatabaseModule } from '../../src/common/db/database.module';
import { ProblemFilter } from '../../src/common/errors/problem.filter';
import { CurrentPrincipal, MemberRoles, MerchantScope, Public } from '../../src/common/http/decorators';
import type { Principal } from '../../src/common/http/principal';
import { BodyPipe } from '../../src/common/http/validation.pipe';
import { AppConfig } from '../../src/config/app-config';
import { ConfigModule } from '../../src/config/config.module';
import { DemoSeeder } from '../../src/demo/demo-seeder';
import { DemoModule } from '../../src/demo/demo.module';
import { AuthModule } from '../../src/modules/auth/auth.module';
import { createTestDatabase, type TestDatabase, testEnvironment } from '../support/test-database';

export const PASSWORD = 'Demo!2026pass';
export const SECRET_KEY = 'sk_test_M0000001';

/** One operation of each kind that the guards tell apart. */
@Controller('probe')
export class ProbeController {
  @Get('open')
  @Public()
  open(): object {
    return { open: true };
  }

  @Get('undeclared')
  undeclared(): object {
    return { reached: true };
  }

  @Get('read')
  @MerchantScope('payments:read')
  read(@CurrentPrincipal() principal: Principal): object {
    return principal;
  }

  @Get('write')
  @MerchantScope('payments:write')
  @MemberRoles('OPERATOR')
  write(): object {
    return { reached: true };
  }
}

@Module({
  imports: [
    ConfigModule,
    CommonModule,
    DatabaseModule,
    CryptoModule,
    AcquirersModule,
    AuthModule,
    DemoModule,
  ],
  controllers: [ProbeController],
  providers: [ProblemFilter],
})
class ProbeModule {}

export interface AuthApp {
  readonly app: NestFastifyApplication;
  readonly database: TestDatabase;
  readonly dataSource: DataSource;
  close(): Promise<void>;
}

/** Auth with the demo members and merchants, on a database of its own. */
export async function startAuthApp(name: string, more: Record<string, string> = {}): Promise<AuthApp> {
  const database = await createTestDatabase(name);
  // Login delays are scaled down; a lock then lasts for 90 s.
  Object.assign(process.env, testEnvironment(database.url, { TIME_SCALE: '0.1', ...more }));
  const module = await Test.createTestingModule({ imports: [ProbeModule] }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter({ trustProxy: true }), {
    bodyParser: false,
  });
  app.useGlobalFilters(app.get(ProblemFilter));
  app.useGlobalPipes(new BodyPipe());
  await app.getHttpAdapter().getInstance().register(formbody);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  await app.get(DemoSeeder, { strict: false }).seed();
  const close = async () => {
    await app.close();
    await database.drop();
  };
  return { app, database, dataSource: app.get(DataSource), close };
}

export type Answer = LightMyRequestResponse;

export function post(
  { app }: AuthApp,
  url: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return app.inject({ method: 'POST', url, payload: body, headers });
}

export function get({ app }: AuthApp, url: string, authorization?: string): Promise<Answer> {
  return app.inject({ method: 'GET', url, headers: authorization === undefined ? {} : { authorization } });
}

export function form(
  { app }: AuthApp,
  url: string,
  parameters: Record<string, string> | string,
  authorization?: string,
): Promise<Answer> {
  const payload = typeof parameters === 'string' ? parameters : new URLSearchParams(parameters).toString();
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    ...(authorization && { authorization }),
  };
  return app.inject({ method: 'POST', url, payload, headers });
}

export function login(
  auth: AuthApp,
  loginId: string,
  password: string,
  address = '203.0.113.7',
): Promise<Answer> {
  return post(auth, '/v1/auth/login', { loginId, password }, { 'x-forwarded-for': address });
}

export interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export async function loggedIn(auth: AuthApp, loginId = 'merchant1'): Promise<Session> {
  const answer = await login(auth, loginId, PASSWORD);
  if (answer.statusCode !== 200) throw new Error(`the login answered ${answer.statusCode}: ${answer.body}`);
  return answer.json<Session>();
}

export const basic = (user: string, password = '') =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
export const bearer = (token: string) => `Bearer ${token}`;

export async function merchantToken(auth: AuthApp, scope?: string): Promise<string> {
  const parameters = { grant_type: 'client_credentials', ...(scope && { scope }) };
  const answer = await form(auth, '/oauth/token', parameters, basic('M0000001', SECRET_KEY));
  return answer.json<{ access_token: string }>().access_token;
}

export function issuer({ app }: AuthApp): string {
  return app.get(AppConfig).http.publicUrl;
}
