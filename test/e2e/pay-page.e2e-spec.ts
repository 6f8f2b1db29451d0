import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openPhone, type Phone } from '../support/chromium';
import { CARD } from '../support/merchant';
import { eventually } from '../support/program';
import { type Made, SmsShop } from '../support/sms-payer';
import { Stack } from '../support/stack';

jest.setTimeout(720_000);

const DECLINED = '4000000000000002';
/** Where pictures of every step go when somebody wants to look at them. */
const PICTURES = process.env.TEST_PICTURES_DIR;

let stack: Stack;
let shop: SmsShop;

beforeAll(async () => {
  stack = await Stack.start('pay_page', { env: { SMS_PAUSE_MS: '1' } });
  shop = new SmsShop(stack);
});
afterAll(() => stack?.stop());

interface Visit {
  readonly page: Page;
  readonly phone: Phone;
  readonly made: Made;
  /** What the browser complained of: a blocked script or style would be here. */
  readonly complaints: string[];
  /** Hosts that were asked for anything. */
  readonly hosts: Set<string>;
  readonly picture: (name: string) => Promise<void>;
}

async function visit(locale: string, more: Record<string, unknown> = {}): Promise<Visit> {
  const made = await shop.request({ goodsName: '수제 만년필 <b>한정판</b>', ...more });
  const token = await shop.token(made.phone);
  const phone = await openPhone(locale);
  const page = phone.context.pages()[0] ?? (await phone.context.newPage());
  const complaints: string[] = [];
  const hosts = new Set<string>();
  page.on('console', (message) => {
    // A refused request is a line there too; what the page makes of it is looked at by the tests.
    if (message.type() === 'error' && !/status of 4/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  await page.goto(`${stack.api.url}/pay/${token}`);
  const picture = async (name: string) => {
    if (PICTURES === undefined) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `${locale}-${name}.png`), fullPage: true });
  };
  return { page, phone, made, complaints, hosts, picture };
}

async function codeFor({ page, made }: Visit): Promise<string> {
  const before = (await shop.messages(made.phone)).length;
  await page.locator('#send').click();
  return eventually(
    async () => /\[(\d{6})\]/.exec((await shop.messages(made.phone)).slice(before).at(-1)?.text ?? '')?.[1],
    { withinMs: 20_000, what: 'the SMS with the code' },
  );
}

async function typeCard(page: Page, cardNumber: string): Promise<void> {
  await page.locator('#cardNumber').fill('');
  await page.locator('#cardNumber').pressSequentially(cardNumber);
  await page.locator('#cardExpiry').fill('');
  await page.locator('#cardExpiry').pressSequentially('1230');
  await page.locator('#birthOrBusinessNo').fill('900101');
  await page.locator('#cardPasswordTwoDigits').fill('12');
}

/** Nothing is wider than the phone. */
const overflow = (page: Page) => page.evaluate('document.documentElement.scrollWidth - window.innerWidth');

describe.each([
  {
    locale: 'ko-KR',
    says: {
      title: '결제하기',
      wrong: '인증번호가 다릅니다. 4번',
      declined: '카드사가 승인을 거절',
      paid: '결제가 완료되었습니다',
      slip: '매출전표',
      amount: '50,000원',
    },
  },
  {
    locale: 'en-US',
    says: {
      title: 'Payment',
      wrong: 'Tries left: 4',
      declined: 'The issuer declined',
      paid: 'Your payment is complete',
      slip: 'Sales slip',
      amount: '₩50,000',
    },
  },
])('the hosted page in $locale', ({ locale, says }) => {
  it('leads from the link to the sales slip: a wrong code, a declined card, a good one', async () => {
    const seen = await visit(locale);
    const { page, phone, made, picture } = seen;
    try {
      await page.locator('#send').waitFor();
      expect(await page.locator('h1').textContent()).toBe(says.title);
      expect(await page.locator('.sum').textContent()).toBe(says.amount);
      expect(await page.locator('dl').first().textContent()).toContain('<b>한정판</b>');
      expect(await overflow(page)).toBe(0);
      await picture('1-link');

      const code = await codeFor(seen);
      await page.locator('#code').fill(String((Number(code) + 1) % 1_000_000).padStart(6, '0'));
      await picture('2-code');
      await page.locator('#code-form button').click();
      await typeCard(page, CARD.approved);
      expect(await page.locator('#cardNumber').inputValue()).toBe('4242 4242 4242 4242');
      expect(await page.locator('#cardExpiry').inputValue()).toBe('12/30');
      await picture('3-card');
      await page.locator('#pay').click();
      await page.getByText(says.wrong).waitFor();
      expect(await page.locator('#code').getAttribute('aria-invalid')).toBe('true');
      await picture('4-wrong-code');

      await page.locator('#code').fill(code);
      await page.locator('#code-form button').click();
      await typeCard(page, DECLINED);
      await page.locator('#pay').click();
      await page.locator('#alert').getByText(says.declined).waitFor();
      expect(await page.locator('#cardNumber').inputValue()).toBe('');
      await picture('5-declined');

      await page.locator('#pay').click();
      expect(await page.locator('#cardNumber-error').textContent()).not.toBe('');
      await picture('6-empty-card');
      await typeCard(page, CARD.approved);
      await page.locator('#installmentMonths').selectOption('3');
      await page.locator('#pay').click();
      await page.getByText(says.paid).waitFor();
      expect(await overflow(page)).toBe(0);
      await picture('7-paid');
      // Nothing of the card is left in the page or anywhere in the browser.
      const fields = await page.evaluate<string[]>(`[...document.forms].flatMap((form) => [...form.elements])
        .filter((field) => field.matches('input')).map((field) => field.value)`);
      expect(fields.length).toBeGreaterThanOrEqual(5);
      expect(fields.filter((value) => value !== '')).toEqual([]);
      expect(
        await page.evaluate(`indexedDB.databases().then((databases) =>
          [localStorage.length, sessionStorage.length, document.cookie, databases.length])`),
      ).toEqual([0, 0, '', 0]);

      await page.locator('#slip').click();
      await page.getByRole('heading', { name: says.slip }).waitFor();
      expect(await page.locator('body').textContent()).toContain(made.orderNo);
      await picture('8-slip');
      expect(seen.complaints).toEqual([]);
      expect([...seen.hosts]).toEqual([new URL(stack.api.url).host]);
      const { paymentId } = await shop.info(made);
      const { body } = await stack.merchant.payment(paymentId!);
      expect(body).toMatchObject({ status: 'APPROVED', amount: 50_000 });
    } finally {
      await phone.close();
    }
  });

  it('is used by keyboard alone, every field with its label', async () => {
    const seen = await visit(locale);
    const { page, phone, made } = seen;
    try {
      await page.locator('#send').waitFor();
      const unnamed = await page.evaluate(
        `[...document.querySelectorAll('input,select')].filter((field) => field.labels.length !== 1).length`,
      );
      expect(unnamed).toBe(0);
      await page.locator('#send').focus();
      await page.keyboard.press('Enter');
      const code = await eventually(
        async () => /\[(\d{6})\]/.exec((await shop.messages(made.phone)).at(-1)?.text ?? '')?.[1],
        { withinMs: 20_000, what: 'the SMS with the code' },
      );
      // Polled from outside: the page's own policy lets nobody evaluate a string in it.
      const focused = (id: string) => page.locator(`#${id}:focus`).waitFor();
      await focused('code');
      await page.keyboard.type(code);
      await page.keyboard.press('Enter');
      await focused('cardNumber');
      for (const text of [CARD.approved, '1230', '900101', '12']) {
        await page.keyboard.type(text);
        await page.keyboard.press('Tab');
      }
      await focused('installmentMonths');
      await page.keyboard.press('Tab');
      await focused('pay');
      await page.keyboard.press('Enter');
      await page.getByText(says.paid).waitFor();
      await focused('result-title');
      expect(seen.complaints).toEqual([]);
    } finally {
      await phone.close();
    }
  });

  it('tells the truth of an outcome that nobody knows, until it is known', async () => {
    const seen = await visit(locale);
    const { page, phone, made, picture } = seen;
    try {
      await page.locator('#send').waitFor();
      const code = await codeFor(seen);
      await page.locator('#code').fill(code);
      await page.locator('#code-form button').click();
      await typeCard(page, CARD.silentAfterApproving);
      await stack.control.of('toss').arm('cancel', 'status:500', { times: 3 });
      await stack.control.of('toss').arm('inquire', 'status:500', { times: 2 });
      await page.locator('#pay').click();
      await page.locator('#result').waitFor();
      await picture('9-unknown');
      await page
        .locator('#result-title')
        .getByText(locale === 'ko-KR' ? '결제가 되지 않았습니다' : 'The payment did not go through')
        .waitFor({ timeout: 90_000 });
      await picture('10-undone');
      expect(await shop.until(made, 'FAILED')).toMatchObject({ paymentStatus: 'REVERSED' });
    } finally {
      await stack.control.clear();
      await phone.close();
    }
  });
});

describe('the page', () => {
  it('comes under a policy that lets nothing in from elsewhere, and in the language that is asked for', async () => {
    const made = await shop.request();
    const path = `/pay/${await shop.token(made.phone)}`;
    const page = await shop.payer.send('GET', path, undefined, { 'accept-language': 'ko-KR,ko;q=0.9' });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; connect-src 'self'/,
    );
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    for (const directive of ["base-uri 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(directive);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.text).toContain('<html lang="ko">');
    const english = await shop.payer.send('GET', `${path}?lang=en`, undefined, { 'accept-language': 'ko' });
    expect(english.text).toContain('<html lang="en">');
    const gone = await shop.payer.send('GET', '/pay/no-such-link', undefined, { 'accept-language': 'ko' });
    expect([gone.status, gone.text.includes('결제 링크를 찾을 수 없습니다')]).toEqual([404, true]);
  });
});
