/**
 * The hosted page's one script, as the browser gets it; allowed by its hash. It encrypts the card to the link's one-time
 * key (RFC 7516 with RFC 7518, 4.6: ECDH-ES on P-256, A256GCM) and sends nothing of it in clear. It keeps nothing.
 */
export const PAGE_SCRIPT = String.raw`'use strict';
(() => {
const data = JSON.parse(document.getElementById('data').textContent);
const t = data.texts;
const api = '/v1/pay/' + location.pathname.split('/')[2];
const byId = (id) => document.getElementById(id);
const put = (text, ...values) => { let n = 0; return text.replace(/\{(\d?)\}/g, (all, at) => at === '' ? values[n++] : values[Number(at)]); };
const show = (id, on) => { byId(id).hidden = !on; };
const digits = (id) => byId(id).value.replace(/\D/g, '');
let key = data.state.publicKey, codeUntil = 0, busy = false, polls = 0;

const encoder = new TextEncoder();
const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const number32 = (n) => new Uint8Array([n >>> 24, n >>> 16 & 255, n >>> 8 & 255, n & 255]);
const join = (...parts) => new Uint8Array(parts.flatMap((part) => [...part]));

async function encrypt(jwk, content) {
  const { subtle } = crypto, curve = { name: 'ECDH', namedCurve: 'P-256' };
  const { kty, crv, x, y } = jwk;
  const theirs = await subtle.importKey('jwk', { kty, crv, x, y }, curve, false, []);
  const ours = await subtle.generateKey(curve, true, ['deriveBits']);
  const shared = new Uint8Array(await subtle.deriveBits({ name: 'ECDH', public: theirs }, ours.privateKey, 256));
  const epk = await subtle.exportKey('jwk', ours.publicKey);
  const header = { alg: 'ECDH-ES', enc: 'A256GCM', kid: jwk.kid, epk: { kty: epk.kty, crv: epk.crv, x: epk.x, y: epk.y } };
  const head = base64url(encoder.encode(JSON.stringify(header)));
  const name = encoder.encode('A256GCM'), none = number32(0);
  const info = join(number32(1), shared, number32(name.length), name, none, none, number32(256));
  const secret = await subtle.importKey('raw', await subtle.digest('SHA-256', info), 'AES-GCM', false, ['encrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: 'AES-GCM', iv, additionalData: encoder.encode(head), tagLength: 128 };
  const sealed = new Uint8Array(await subtle.encrypt(how, secret, encoder.encode(JSON.stringify(content))));
  return [head, '', base64url(iv), base64url(sealed.slice(0, -16)), base64url(sealed.slice(-16))].join('.');
}

async function call(method, path, body) {
  const headers = { 'accept-language': data.language };
  if (body) headers['content-type'] = 'application/json';
  const answer = await fetch(api + path, { method, headers, body: body && JSON.stringify(body), cache: 'no-store' });
  return { status: answer.status, ok: answer.ok, body: await answer.json() };
}

function alertWith(text, kind) {
  const box = byId('alert');
  box.textContent = text;
  box.className = kind === 'info' ? 'alert info' : 'alert';
  box.hidden = text === '';
  if (text !== '' && kind !== 'info') { box.focus(); box.scrollIntoView({ block: 'center' }); }
}

function fieldError(id, text) {
  byId(id + '-error').textContent = text;
  byId(id).setAttribute('aria-invalid', text === '' ? 'false' : 'true');
}

function working(on) {
  busy = on;
  for (const button of document.querySelectorAll('button')) button.disabled = on;
  byId('busy').textContent = on ? t.busy : '';
}

/* One thing at a time: a second press of a button does nothing. */
async function once(work) {
  if (busy) return;
  working(true);
  try { await work(); } catch { alertWith(t.notSent); } finally { working(false); }
}

function step(name) {
  show('step-code', name === 'code');
  show('step-card', name === 'card');
  show('result', name === 'result');
}

function goTo(name, focus) {
  step(name);
  byId(focus).focus();
}

function result(title, text, slip) {
  byId('result-title').textContent = title;
  byId('result-text').textContent = text;
  show('slip', slip === true);
  alertWith('');
  goTo('result', 'result-title');
}

/* What the link has come to, as the gateway tells it. */
function follow(state) {
  key = state.publicKey;
  if (state.status === 'PAID') return result(t.paidTitle, put(t.paid, state.merchantName, data.amountText), true);
  if (state.status === 'EXPIRED') return result(t.expiredTitle, t.expired);
  if (state.status === 'CANCELLED') return result(t.cancelledTitle, t.cancelled);
  if (state.status === 'FAILED') return result(t.failedTitle, t.failed);
  if (state.status !== 'PAYING') return undefined;
  const undoing = state.payment !== null && state.payment.status === 'REVERSING';
  result(t.payingTitle, undoing ? t.undoing : t.paying);
  polls += 1;
  setTimeout(look, Math.min(1000 * polls, 10000));
}

async function look() {
  try {
    const { ok, body } = await call('GET', '');
    if (!ok) throw new Error();
    follow(body);
    if (body.status === 'REQUESTED' && !byId('result').hidden) {
      goTo('code', 'send');
      alertWith(t.anotherCard);
    }
  } catch {
    polls += 1;
    setTimeout(look, Math.min(1000 * polls, 10000));
  }
}

async function refresh() {
  const { ok, body } = await call('GET', '');
  if (ok) follow(body);
}

function needCode(text) {
  codeUntil = 0;
  byId('code').value = '';
  show('code-form', false);
  goTo('code', 'send');
  alertWith(text);
}

function tick() {
  if (byId('code-form').hidden) return;
  const left = Math.max(0, Math.ceil((codeUntil - Date.now()) / 1000));
  byId('code-left').textContent = left === 0 ? t.codeOver
    : put(t.codeLeft, Math.floor(left / 60) + ':' + String(left % 60).padStart(2, '0'));
}

byId('send').addEventListener('click', () => once(async () => {
  const { ok, status, body } = await call('POST', '/code');
  if (!ok) {
    if (status === 410 || status === 409) return refresh();
    return alertWith(body.title + ' ' + body.detail);
  }
  codeUntil = Date.now() + body.goodForSeconds * 1000;
  alertWith('');
  byId('sent').textContent = put(t.codeSent, body.sentTo);
  byId('send').textContent = t.sendAgain;
  byId('send').className = 'plain';
  byId('code').value = '';
  fieldError('code', '');
  show('code-form', true);
  tick();
  byId('code').focus();
}));

byId('code-form').addEventListener('submit', (event) => {
  event.preventDefault();
  if (!/^\d{6}$/.test(digits('code'))) { fieldError('code', t.badCode); byId('code').focus(); return; }
  fieldError('code', '');
  alertWith('');
  goTo('card', 'cardNumber');
});

const groups = (text) => text.replace(/(.{4})(?=.)/g, '$1 ');
byId('cardNumber').addEventListener('input', ({ target }) => { target.value = groups(target.value.replace(/\D/g, '').slice(0, 19)); });
byId('cardExpiry').addEventListener('input', ({ target }) => {
  const text = target.value.replace(/\D/g, '').slice(0, 4);
  target.value = text.length > 2 ? text.slice(0, 2) + '/' + text.slice(2) : text;
});
byId('back').addEventListener('click', () => goTo('code', byId('code-form').hidden ? 'send' : 'code'));

function passesLuhn(number) {
  let sum = 0;
  for (let place = 0; place < number.length; place += 1) {
    const digit = Number(number[number.length - 1 - place]) * (place % 2 + 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

function readCard() {
  const number = digits('cardNumber'), expiry = digits('cardExpiry');
  const birth = digits('birthOrBusinessNo'), password = byId('cardPasswordTwoDigits').value;
  const month = Number(expiry.slice(0, 2));
  const wrong = {
    cardNumber: /^\d{13,19}$/.test(number) && passesLuhn(number) ? '' : t.badCard,
    cardExpiry: expiry.length === 4 && month >= 1 && month <= 12 ? '' : t.badExpiry,
    birthOrBusinessNo: birth.length === 6 || birth.length === 10 ? '' : t.badBirth,
    cardPasswordTwoDigits: /^\d{2}$/.test(password) ? '' : t.badPassword,
  };
  for (const [id, text] of Object.entries(wrong)) fieldError(id, text);
  const first = Object.keys(wrong).find((id) => wrong[id] !== '');
  if (first) { byId(first).focus(); return null; }
  const plan = byId('installmentMonths');
  return {
    cardNumber: number,
    cardExpiry: expiry.slice(2) + expiry.slice(0, 2),
    birthOrBusinessNo: birth,
    cardPasswordTwoDigits: password,
    installmentMonths: plan ? Number(plan.value) : 0,
    requestedAt: new Date().toISOString(),
  };
}

function showFields(errors) {
  for (const { field, message } of errors) if (byId(field + '-error')) fieldError(field, message);
  const first = errors.map(({ field }) => byId(field)).find(Boolean);
  if (first) first.focus();
}

function forgetCard() {
  for (const id of ['cardNumber', 'cardExpiry', 'birthOrBusinessNo', 'cardPasswordTwoDigits']) byId(id).value = '';
}

async function refused({ status, body }) {
  if (body.code === 'SMS_CODE_WRONG') {
    if (body.triesLeft === 0) return needCode(t.noTries);
    byId('code').value = '';
    fieldError('code', put(t.wrongCode, body.triesLeft));
    return goTo('code', 'code');
  }
  if (body.code === 'SMS_CODE_EXPIRED') return needCode(t.codeOver);
  if (body.code === 'VALIDATION_FAILED') return showFields(body.errors || []);
  const isOpen = status >= 500 && body.code !== 'ACQUIRER_UNAVAILABLE';
  if (isOpen || status === 409 || status === 410) {
    forgetCard();
    result(t.payingTitle, t.paying);
    return look();
  }
  await refresh();
  if (!byId('result').hidden) return undefined;
  if (body.code === 'ENC_DATA_INVALID') return alertWith(t.again);
  forgetCard();
  const said = body.title + '. ' + body.detail;
  if (!body.triesLeft) return needCode(said + ' ' + t.needCode);
  alertWith(said);
}

byId('card-form').addEventListener('submit', (event) => {
  event.preventDefault();
  if (busy) return;
  alertWith('');
  const card = readCard();
  if (card === null) return;
  once(async () => {
    if (!key) await refresh();
    const encData = await encrypt(key, card);
    let answer;
    try { answer = await call('POST', '/confirm', { code: digits('code'), encData }); }
    catch { forgetCard(); result(t.payingTitle, t.offline); return look(); }
    if (!answer.ok) return refused(answer);
    forgetCard();
    byId('code').value = '';
    follow(answer.body);
  });
});

setInterval(tick, 500);
if (data.state.status === 'REQUESTED') step('code'); else follow(data.state);
})();
`;
