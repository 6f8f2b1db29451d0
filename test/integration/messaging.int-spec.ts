import { OutboundClient } from '../../src/common/http/outbound-client';
import { Clock } from '../../src/common/time/clock';
import { loadConfig } from '../../src/config/app-config';
import { SmtpProvider } from '../../src/modules/messaging/providers/smtp.provider';
import { SolapiProvider } from '../../src/modules/messaging/providers/solapi.provider';

import { eventually, freePort } from '../support/program';
import { type SandboxProcess, startSandbox } from '../support/sandbox-process';
import { messagingAddresses } from '../support/sandbox-addresses';
import { messagesTo } from '../support/sms-payer';
import { testEnvironment } from '../support/test-database';

let sandbox: SandboxProcess;
let env: Record<string, string>;
const clock = new Clock();
const outbound = new OutboundClient(clock);

beforeAll(async () => {
  const smtpPort = await freePort();
  sandbox = await startSandbox({ SANDBOX_SMTP_PORT: String(smtpPort) });
  env = messagingAddresses(Number(new URL(sandbox.url).port), smtpPort);
});
afterAll(async () => {
  await outbound.onApplicationShutdown();
  await sandbox?.stop();
});

const configWith = (more: Record<string, string> = {}) =>
  loadConfig(testEnvironment('mysql://nobody@127.0.0.1:1/none', { ...env, ...more }));
const solapi = (more?: Record<string, string>) => new SolapiProvider(outbound, configWith(more), clock);

const content = { subject: '결제 인증번호', text: '인증번호 [123456] 🎁' };

describe('SOLAPI', () => {
  it('takes a message once, however often it is sent, and tells of its delivery', async () => {
    const provider = solapi();
    const opened = await provider.open();
    if (opened.kind !== 'OPENED') throw new Error('no group');
    const message = { messageId: 'msg_1', to: '01055550001', content };
    expect(await provider.look(opened.handle)).toEqual({ kind: 'NOT_SENT' });
    expect(await provider.send(opened.handle, message)).toEqual({ kind: 'SENT' });
    const again = await provider.send(opened.handle, message);
    expect(again.kind).not.toBe('NOT_SENT');
    await eventually(
      async () => ((await provider.look(opened.handle)).kind === 'DELIVERED' ? true : undefined),
      { withinMs: 20_000, what: 'the delivery' },
    );
    expect(await messagesTo(sandbox.url, '01055550001')).toMatchObject([{ text: '인증번호 [123456] ?' }]);
  });

  it.each([
    ['another secret', { SOLAPI_API_SECRET: 'another0secret0of0another0account' }],
    ['another key', { SOLAPI_API_KEY: 'NCSOTHER00000000' }],
    ['nobody there', { SOLAPI_BASE_URL: 'http://127.0.0.1:1/sms' }],
  ])('is not believed with %s', async (_what, more) => {
    expect(await solapi(more).open()).toEqual({ kind: 'UNKNOWN' });
    expect(await solapi(more).look('G4V0')).toEqual({ kind: 'UNKNOWN' });
  });

  it('says when a message is refused for good', async () => {
    const provider = solapi({ SMS_SENDER: '0299998888' });
    const opened = await provider.open();
    if (opened.kind !== 'OPENED') throw new Error('no group');
    const sent = await provider.send(opened.handle, { messageId: 'msg_2', to: '01055550002', content });
    expect(sent).toEqual({ kind: 'FAILED', code: '1062' });
  });
});

describe('mail', () => {
  it('arrives with its title and text, in Korean', async () => {
    const provider = new SmtpProvider(configWith());
    const opened = await provider.open('msg_01TEST');
    if (opened.kind !== 'OPENED') throw new Error('no handle');
    const message = { messageId: 'msg_01TEST', to: 'Hong@Example.com', content };
    expect(await provider.send(opened.handle, message)).toEqual({ kind: 'SENT' });
    provider.onApplicationShutdown();
    expect(await messagesTo(sandbox.url, 'hong@example.com')).toMatchObject([
      { channel: 'email', subject: content.subject, text: content.text, from: 'no-reply@pg-gateway.example' },
    ]);
  });

  it.each([
    ['its title', { to: 'kim@example.com', subject: '제목\r\nBcc: thief@example.com\r\n\r\nX' }],
    ['the address', { to: 'kim@example.com\r\nBcc: thief@example.com', subject: '제목' }],
    ['a list', { to: 'kim@example.com, thief@example.com', subject: '제목' }],
    ['a quoted part', { to: '"thief@example.com x"@example.com', subject: '제목' }],
    ['a second command', { to: 'kim@example.com>\r\nRCPT TO:<thief@example.com', subject: '제목' }],
    ['its text', { to: 'kim@example.com', subject: '제목', text: '.\r\nRCPT TO:<thief@example.com>\r\n' }],
  ])('goes to nobody else, whatever stands in %s', async (_what, { to, ...more }) => {
    const provider = new SmtpProvider(configWith());
    const message = { messageId: 'msg_02TEST', to, content: { ...content, ...more } };
    await provider.send('msg_02TEST@example.com', message);
    provider.onApplicationShutdown();
    expect(await messagesTo(sandbox.url, 'thief@example.com')).toEqual([]);
  });

  it('is not taken for sent when nobody answers', async () => {
    const provider = new SmtpProvider(configWith({ SMTP_URL: 'smtp://127.0.0.1:1' }));
    const sent = await provider.send('x@example.com', { messageId: 'x', to: 'a@example.com', content });
    expect(sent).toEqual({ kind: 'UNKNOWN' });
  });
});
