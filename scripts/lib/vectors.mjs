import { createCipheriv, createHash, createHmac, createSecretKey, webcrypto } from 'node:crypto';
import { createRequire } from 'node:module';
import { CompactEncrypt } from 'jose';
import { fromRoot } from './paths.mjs';

const require = createRequire(import.meta.url);

/** A demo merchant: its keys are public on purpose, and refused by every environment but local and dev. */
const MID = 'M0000001';
const KEY_ID = `ek_test_${MID}`;
const KEY = createHash('sha256').update(`pg-gateway demo key ${MID}`, 'ascii').digest();

/** Bytes that look like chance and are the same each time. */
const bytesOf = (name, count) =>
  createHash('sha256').update(`pg-gateway vector ${name}`).digest().subarray(0, count);

const CARD = { cardNumber: '4242424242424242', cardExpiry: '3012', birthOrBusinessNo: '900101' };
const CONTENTS = {
  'an approval': {
    ...{ orderNo: 'VECTOR-0001', amount: 50_000, goodsName: 'Fountain pen', ...CARD },
    ...{ cardPasswordTwoDigits: '12', installmentMonths: 0, requestedAt: '2026-01-02T10:00:00+09:00' },
  },
  'a billing key, with Korean and with characters that JSON escapes': {
    ...{ customerKey: 'customer-0001', ...CARD, cardPasswordTwoDigits: '12' },
    ...{ buyerName: '홍길동 "길동"\\', requestedAt: '2026-01-02T10:00:00+09:00' },
  },
};

const ID = 'evt_01KDYM8V6H2R3F4G5H6J7K8M9N';
const SENT_AT = 1_767_315_600;
const BODY = JSON.stringify({
  id: ID,
  type: 'payment.approved',
  occurredAt: '2026-01-02T10:00:00.000+09:00',
  data: { paymentId: 'pay_01KDYM8V6H2R3F4G5H6J7K8M9P', amount: 50_000, goodsName: '만년필' },
});
const SECRET = `whsec_${bytesOf('secret', 32).toString('base64')}`;
const NEXT_SECRET = `whsec_${bytesOf('next secret', 32).toString('base64')}`;

/** The gateway's own code, as it was built. */
function gateway() {
  const { legacyKeys, openJwe, openLegacy } = require(
    fromRoot('dist/src/modules/merchants/request-opening.js'),
  );
  const { signatureOf } = require(fromRoot('dist/src/modules/webhooks/outbound/signature.js'));
  return { legacyKeys, openJwe, openLegacy, signatureOf };
}

/**
 * What examples/crypto/vectors.json holds. The gateway's own code opens each request, refuses what it has to refuse, and
 * signs each webhook; throws where it does not.
 */
export async function vectors() {
  const code = gateway();
  const jwe = await Promise.all(Object.entries(CONTENTS).map((entry) => jweVector(entry, code)));
  const cbc = Object.entries(CONTENTS).map((entry) => cbcVector(entry, code));
  return {
    about: 'Written by npm run vectors. Keys and secrets are of the demo data alone.',
    keys: { mid: MID, keyId: KEY_ID, key: KEY.toString('base64') },
    requests: { jwe, cbc, refused: await refusedVectors(jwe[0], cbc[0], code) },
    webhooks: webhookVectors(code),
  };
}

async function openedJwe(encData, { openJwe }) {
  const key = await webcrypto.subtle.importKey('raw', KEY, { name: 'AES-GCM' }, false, ['decrypt']);
  return openJwe(encData, new Map([[KEY_ID, key]]));
}

async function jweVector([name, content], code) {
  const text = JSON.stringify(content);
  const iv = bytesOf(`jwe ${name}`, 12);
  const encData = await new CompactEncrypt(Buffer.from(text))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: KEY_ID })
    .setInitializationVector(iv)
    .encrypt(createSecretKey(KEY));
  const { plaintext } = await openedJwe(encData, code);
  mustBe(JSON.stringify(plaintext), text);
  return { name, content: text, iv: iv.toString('base64'), body: { mid: MID, encData } };
}

function cbcVector([name, content], { legacyKeys, openLegacy }) {
  const text = JSON.stringify(content);
  const keys = legacyKeys(KEY);
  const bytes = bytesOf(`cbc ${name}`, 16);
  const cipher = createCipheriv('aes-256-cbc', keys.encryption, bytes);
  const encData = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
  const iv = bytes.toString('base64');
  const mac = createHmac('sha256', keys.mac).update(`${MID}|${iv}|${encData}`).digest('hex');
  const body = { mid: MID, iv, encData, mac };
  mustBe(JSON.stringify(openLegacy(MID, body, [keys]).plaintext), text);
  return { name, content: text, iv, body };
}

async function refusedVectors({ body: good }, { body: old }, code) {
  const [header, , iv, ciphertext, tag] = good.encData.split('.');
  const rebuilt = (...parts) => ({
    mid: MID,
    encData: [...parts.slice(0, 1), '', ...parts.slice(1)].join('.'),
  });
  const written = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const known = { alg: 'dir', enc: 'A256GCM', kid: KEY_ID };
  const refused = [
    ['JWE: a changed byte of the ciphertext', rebuilt(header, iv, changed(ciphertext), tag)],
    ['JWE: a changed initialisation vector', rebuilt(header, changed(iv), ciphertext, tag)],
    ['JWE: a changed tag', rebuilt(header, iv, ciphertext, changed(tag))],
    ['JWE: another key id', rebuilt(written({ ...known, kid: 'ek_test_M0000002' }), iv, ciphertext, tag)],
    ['JWE: another algorithm', rebuilt(written({ ...known, enc: 'A128GCM' }), iv, ciphertext, tag)],
    ['CBC: a changed byte of the ciphertext', { ...old, encData: changed(old.encData) }],
    ['CBC: a changed initialisation vector', { ...old, iv: changed(old.iv) }],
    ['CBC: a changed MAC', { ...old, mac: changed(old.mac) }],
  ].map(([name, body]) => ({ name, body, code: 'ENC_DATA_INVALID' }));
  for (const { name, body } of refused) {
    const open = () =>
      body.mac ? code.openLegacy(MID, body, [code.legacyKeys(KEY)]) : openedJwe(body.encData, code);
    const error = await Promise.resolve()
      .then(open)
      .catch((caught) => caught);
    if (error.code !== 'ENC_DATA_INVALID') throw new Error(`the gateway does not refuse “${name}”`);
  }
  return refused;
}

/** The same text but for its first character. */
const changed = (text) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);

function webhookVectors({ signatureOf }) {
  const sign = (secret, body = BODY) => signatureOf(secret, ID, SENT_AT, body);
  const both = `${sign(SECRET)} ${sign(NEXT_SECRET)}`;
  const good = {
    ...{ id: ID, timestamp: String(SENT_AT), signature: sign(SECRET), body: BODY },
    ...{ secrets: [SECRET], now: SENT_AT + 1, genuine: true },
  };
  const bad = { ...good, genuine: false };
  return [
    { name: 'one secret', ...good },
    { name: 'two signatures, the receiver knows the old secret', ...good, signature: both },
    {
      ...{ name: 'two signatures, the receiver knows the new secret' },
      ...{ ...good, signature: both, secrets: [NEXT_SECRET] },
    },
    { name: 'one signature, the receiver knows both secrets', ...good, secrets: [NEXT_SECRET, SECRET] },
    { name: 'five minutes late', ...good, now: SENT_AT + 300 },
    { name: 'too old', ...bad, now: SENT_AT + 301 },
    { name: 'from the future', ...bad, now: SENT_AT - 301 },
    { name: 'tampered: another amount', ...bad, body: BODY.replace('50000', '500000') },
    { name: 'parsed and written anew', ...bad, body: JSON.stringify(JSON.parse(BODY), null, 1) },
    { name: 'another event’s id', ...bad, id: `${ID.slice(0, -1)}Z` },
    { name: 'another time', ...bad, timestamp: String(SENT_AT + 1) },
    { name: 'the wrong secret', ...bad, secrets: [NEXT_SECRET] },
    { name: 'a version that nobody knows', ...bad, signature: sign(SECRET).replace('v1,', 'v2,') },
    { name: 'no signature', ...bad, signature: '' },
    { name: 'a time that is none', ...bad, timestamp: `${SENT_AT}.0` },
  ];
}

function mustBe(found, wanted) {
  if (found !== wanted) throw new Error('the gateway opens a vector to something else');
}
