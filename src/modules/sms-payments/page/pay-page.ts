import { createHash } from 'node:crypto';
import type { PayLinkResponse } from '../dto/pay-link.response';
import { escapeHtml as text, scriptJson } from './html';
import { PAGE_SCRIPT } from './pay-page.script';
import { PAGE_STYLE } from './pay-page.style';
import { PAGE_TEXTS, type PageTexts } from './pay-page.texts';

type Language = 'ko' | 'en';

const hashOf = (content: string) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;

/** The page's own style, script and calls to where it came from; nothing else, from nowhere. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(PAGE_STYLE)}`,
  `script-src ${hashOf(PAGE_SCRIPT)}`,
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const won = (amount: number, language: Language) =>
  language === 'ko' ? `${amount.toLocaleString('ko-KR')}원` : `₩${amount.toLocaleString('en-US')}`;

/** The hosted page of a link. Everything that came from outside is escaped. */
export function payPage(link: PayLinkResponse, language: Language): string {
  const t = PAGE_TEXTS[language];
  const amountText = won(link.amount, language);
  const until = link.expiresAt.slice(0, 16).replace('T', ' ');
  const data = { language, texts: t, state: link, amountText };
  const body = `${topOf(t, language)}
<section class="card"><dl>
<dt>${t.seller}</dt><dd>${text(link.merchantName)}</dd><dt>${t.goods}</dt><dd>${text(link.goodsName)}</dd>
<dt class="label">${t.amount}</dt><dd class="sum">${amountText}</dd><dt>${t.until}</dt><dd>${until}</dd></dl></section>
<noscript><p class="alert">${t.noScript}</p></noscript>
<p id="alert" class="alert" role="alert" tabindex="-1" hidden></p>
${codeStep(t, link.phone)}${cardStep(t, link, amountText)}
<section id="result" class="card" hidden><h2 id="result-title" tabindex="-1"></h2><p id="result-text" role="status"></p>
<a id="slip" class="button" href="${text(link.receiptPath)}?lang=${language}" hidden>${t.slip}</a></section>
<p id="busy" class="hint" role="status"></p>
<script type="application/json" id="data">${scriptJson(data)}</script><script>${PAGE_SCRIPT}</script>`;
  return pageOf(t.title, language, body);
}

/** What a payer sees whose link names nothing. */
export function noSuchLinkPage(language: Language): string {
  const t = PAGE_TEXTS[language];
  const body = `${topOf(t, language)}<section class="card"><h2>${t.notFoundTitle}</h2><p>${t.notFound}</p></section>`;
  return pageOf(t.notFoundTitle, language, body);
}

const topOf = (t: PageTexts, language: Language) => {
  const other = language === 'ko' ? 'en' : 'ko';
  return `<header class="top"><h1>${t.title}</h1>
<a class="lang" href="?lang=${other}" lang="${other}" hreflang="${other}">${t.otherLanguage}</a></header>`;
};

const codeStep = (t: PageTexts, phone: string) => `<section id="step-code" class="card" hidden>
<h2>${t.stepCode}</h2><p id="sent" role="status">${text(t.codeHint.replace('{}', phone))}</p>
<form id="code-form" novalidate hidden>
${field('code', t.code, 'type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="6" required', 'code-left')}
<button type="submit">${t.next}</button></form>
<button type="button" id="send">${t.sendCode}</button></section>`;

function cardStep(t: PageTexts, { installmentMonthsMax }: PayLinkResponse, amountText: string): string {
  const numeric = 'inputmode="numeric" required';
  return `<section id="step-card" class="card" hidden><h2>${t.stepCard}</h2><form id="card-form" novalidate>
${field('cardNumber', t.cardNumber, `type="text" ${numeric} autocomplete="cc-number" maxlength="23"`)}
${field('cardExpiry', t.cardExpiry, `type="text" ${numeric} autocomplete="cc-exp" maxlength="5" placeholder="MM/YY"`)}
${field('birthOrBusinessNo', t.birth, `type="text" ${numeric} autocomplete="off" maxlength="12"`)}
${field('cardPasswordTwoDigits', t.password, `type="password" ${numeric} autocomplete="off" maxlength="2"`)}
${installmentMonthsMax > 1 ? plans(t, installmentMonthsMax) : ''}
<p class="hint">${t.safe}</p><button type="submit" id="pay">${t.pay.replace('{}', amountText)}</button>
<button type="button" id="back" class="plain">${t.back}</button></form></section>`;
}

/** A labelled field with its error, and a hint where it has one, both read out with it. */
function field(id: string, label: string, attributes: string, hintId?: string): string {
  const described = hintId === undefined ? `${id}-error` : `${hintId} ${id}-error`;
  const hint = hintId === undefined ? '' : `<p id="${hintId}" class="hint"></p>`;
  return `<div class="field"><label for="${id}">${label}</label>
<input id="${id}" name="${id}" ${attributes} aria-describedby="${described}" aria-invalid="false">
${hint}<p id="${id}-error" class="error"></p></div>`;
}

function plans(t: PageTexts, monthsMax: number): string {
  const months = Array.from({ length: monthsMax - 1 }, (_, index) => index + 2);
  const options = months.map(
    (count) => `<option value="${count}">${t.months.replace('{}', String(count))}</option>`,
  );
  return `<div class="field"><label for="installmentMonths">${t.installments}</label><select id="installmentMonths"
 name="installmentMonths"><option value="0">${t.atOnce}</option>${options.join('')}</select></div>`;
}

const pageOf = (title: string, language: Language, body: string) => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><title>${title}</title>
<style>${PAGE_STYLE}</style></head><body><main class="page">${body}</main></body></html>`;
