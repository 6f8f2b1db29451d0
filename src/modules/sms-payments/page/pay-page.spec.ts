import { createHash } from 'node:crypto';
import type { PayLinkResponse } from '../dto/pay-link.response';
import { noSuchLinkPage, PAGE_POLICY, payPage } from './pay-page';
import { PAGE_TEXTS } from './pay-page.texts';

const NASTY = `</script><img src=x onerror=alert(1)>"'&`;
const link: PayLinkResponse = {
  status: 'REQUESTED',
  merchantName: NASTY,
  goodsName: NASTY,
  amount: 1_234_567,
  currency: 'KRW',
  phone: '010****5678',
  installmentMonthsMax: 3,
  expiresAt: '2026-01-03T03:04:05.000+09:00',
  code: null,
  publicKey: null,
  payment: null,
  receiptPath: '/pay/token/receipt',
};

it.each(['ko', 'en'] as const)('lets nothing from outside become markup (%s)', (language) => {
  const page = payPage(link, language);
  expect(page).not.toContain('<img');
  expect(page.match(/<\/script>/g)).toHaveLength(2);
  expect(page).toContain(language === 'ko' ? '1,234,567원' : '₩1,234,567');
});

it('allows exactly its own style and script', () => {
  const page = payPage(link, 'ko');
  const hash = (content: string) => createHash('sha256').update(content).digest('base64');
  expect(PAGE_POLICY).toContain(hash(/<style>([\s\S]*?)<\/style>/.exec(page)![1]!));
  expect(PAGE_POLICY).toContain(hash(/<script>([\s\S]*?)<\/script>/.exec(page)![1]!));
  expect(page).not.toMatch(/ style=| on\w+="/);
  expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
});

it('offers installments only where there are any, and names every label', () => {
  expect(payPage(link, 'en')).toContain('<option value="3">');
  expect(payPage({ ...link, installmentMonthsMax: 0 }, 'en')).not.toContain('<select');
  const page = payPage(link, 'ko');
  const fields = [...page.matchAll(/<(?:input|select) id="(\w+)"/g)].map(([, id]) => id);
  expect(fields.filter((id) => !page.includes(`<label for="${id}">`))).toEqual([]);
});

it('says the same things in both languages', () => {
  expect(Object.keys(PAGE_TEXTS.en)).toEqual(Object.keys(PAGE_TEXTS.ko));
  const places = (text: string) => text.match(/\{\d?\}/g)?.length ?? 0;
  const uneven = Object.entries(PAGE_TEXTS.ko).filter(
    ([name, text]) => places(text) !== places(PAGE_TEXTS.en[name as keyof typeof PAGE_TEXTS.en]),
  );
  expect(uneven).toEqual([]);
  expect(noSuchLinkPage('en')).not.toContain('결제');
});
