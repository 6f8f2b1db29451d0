import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { cataloguedErrors } from '../../src/error-catalogue';
import { openPhone, type Phone } from '../support/chromium';
import { GUIDE_LANGUAGES, guideNames } from '../support/guides';
import { Stack } from '../support/stack';

jest.setTimeout(720_000);

/** Where pictures go when somebody wants to look at them. */
const PICTURES = process.env.TEST_PICTURES_DIR;
const DESKTOP = { width: 1_280, height: 900 };

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start('reference', { worker: false });
});
afterAll(() => stack?.stop());

const get = (path: string, language?: string) =>
  fetch(`${stack.api.url}${path}`, language ? { headers: { 'accept-language': language } } : {});

it('is Korean unless English is preferred or asked for', async () => {
  const languageOf = async (answer: Response) => /<html lang="(\w+)">/.exec(await answer.text())?.[1];
  expect(await languageOf(await get('/reference'))).toBe('ko');
  expect(await languageOf(await get('/reference', 'en-US,en'))).toBe('en');
  expect(await languageOf(await get('/reference?lang=ko', 'en-US,en'))).toBe('ko');
  expect(await languageOf(await get('/reference?lang=en'))).toBe('en');
});

it('allows nothing but its own style, and holds every operation once', async () => {
  const start = await get('/reference?lang=en');
  expect(start.headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'self';");
  const links = [...(await start.text()).matchAll(/href="(\/reference\/[a-z0-9-]+)\?lang=en#(\w+)"/g)];
  const document = (await (await get('/docs-json')).json()) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  const ids = Object.values(document.paths).flatMap((item) =>
    Object.values(item).map(({ operationId }) => operationId),
  );
  expect(links.map(([, , id]) => id).sort()).toEqual(ids.sort());
  const chapters = [...new Set(links.map(([, path = '']) => path))];
  for (const chapter of chapters) {
    const page = await get(chapter);
    expect([chapter, page.status]).toEqual([chapter, 200]);
    const text = await page.text();
    for (const [, path, id] of links) if (path === chapter) expect(text).toContain(`id="${id}"`);
    expect(text).not.toContain('undefined');
    expect(text).not.toContain('[object Object]');
  }
  expect((await get('/reference/none')).status).toBe(404);
  expect((await get('/reference/%3Cscript%3E')).status).toBe(404);
});

it('serves every error code under its anchor, and every guide, without a link that leads nowhere', async () => {
  for (const language of GUIDE_LANGUAGES) {
    const errors = await (await get(`/reference/errors?lang=${language}`)).text();
    const anchors = [...errors.matchAll(/<h3 id="(\w+)">/g)].map(([, code]) => code);
    expect(anchors).toEqual(cataloguedErrors().map(({ code }) => code));
    const paths = ['/guides', ...guideNames(language).map((name) => `/guides/${name}`)];
    const links = new Set<string>();
    for (const path of paths) {
      const answer = await get(`${path}?lang=${language}`);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none';");
      const text = await answer.text();
      expect(text).toContain(`<html lang="${language}">`);
      for (const [, link = ''] of text.matchAll(/href="(\/[^"#]*)/g)) links.add(link);
      expect(text).not.toMatch(/href="[^"]*\.md|href="\.\./);
    }
    const dead = await Promise.all([...links].map(async (link) => [link, (await get(link)).status] as const));
    expect(dead.filter(([, status]) => status !== 200)).toEqual([]);
  }
  for (const none of ['none', 'README', '..%2fen%2fstart', 'start.md']) {
    expect([none, (await get(`/guides/${none}`)).status]).toEqual([none, 404]);
  }
});

it('is linked to by Swagger UI’s document, chapter by chapter', async () => {
  const { info, tags } = (await (await get('/docs-json')).json()) as {
    info: { description: string };
    tags: { externalDocs?: { url: string } }[];
  };
  const links = [...info.description.matchAll(/\]\((\/[^)]+)\)/g)].map(([, url = '']) => url);
  expect(links).toHaveLength(6);
  const urls = [...links, ...tags.flatMap((tag) => tag.externalDocs?.url ?? [])];
  expect(urls.length).toBeGreaterThan(8);
  for (const url of urls) expect([url, (await get(url)).status]).toEqual([url, 200]);
});

describe.each([
  { locale: 'ko-KR', title: '카드 결제', link: 'English' },
  { locale: 'en-US', title: 'Card payments', link: '한국어' },
])('in a browser in $locale', ({ locale, title, link }) => {
  let phone: Phone;
  let page: Page;
  const complaints: string[] = [];
  const hosts = new Set<string>();

  beforeAll(async () => {
    phone = await openPhone(locale);
    page = phone.context.pages()[0] ?? (await phone.context.newPage());
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
  });
  afterAll(() => phone?.close());

  const picture = async (name: string) => {
    if (PICTURES === undefined) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `reference-${locale}-${name}.png`) });
  };
  const overflow = () => page.evaluate('document.documentElement.scrollWidth - window.innerWidth');

  it('fits a phone and a desk, leads from the start to a call and its errors, and asks no other host', async () => {
    await page.goto(`${stack.api.url}/reference`);
    await picture('1-start');
    expect(await overflow()).toBe(0);
    await page.locator('main a[href*="#paymentsApprove"]').click();
    await page.waitForURL(/\/reference\/card-payments/);
    expect(await page.locator('h1').textContent()).toBe(title);
    await picture('2-call');
    expect(await overflow()).toBe(0);
    await page.setViewportSize(DESKTOP);
    await picture('3-desktop');
    expect(await overflow()).toBe(0);
    await page.locator('#paymentsApprove').locator('xpath=..').locator('summary').last().click();
    await page.locator('a[href="/docs/errors/CARD_DECLINED"]').first().click();
    await page.waitForURL(/\/docs\/errors\/CARD_DECLINED$/);
    expect([...hosts]).toEqual([new URL(stack.api.url).host]);
    expect(complaints).toEqual([]);
  });

  it('shows guides and error codes on a phone, and Swagger UI leads back to them', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of ['/guides', '/guides/start', '/guides/test-cards', '/reference/errors']) {
      await page.goto(`${stack.api.url}${path}`);
      expect([path, await overflow()]).toEqual([path, 0]);
      await picture(`guide-${path.replaceAll('/', '-')}`);
    }
    await page.goto(`${stack.api.url}/docs`);
    await page.locator('a[href$="/guides/approvals"]').first().waitFor();
    await page.setViewportSize(DESKTOP);
    await picture('swagger');
    expect(await page.locator('a[href*="/reference?lang="]').count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  it('is read by keyboard alone: past the contents to the text, and to the other language', async () => {
    await page.goto(`${stack.api.url}/reference/card-payments`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe('#text');
    await page.keyboard.press('Enter');
    expect(page.url()).toMatch(/#text$/);
    await page.locator('header a', { hasText: link }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\?lang=/);
    expect(await page.locator('header a', { hasText: link }).count()).toBe(0);
  });
});
