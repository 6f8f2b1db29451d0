import { createHash } from 'node:crypto';
import { CompactEncrypt, importJWK } from 'jose';

const PAYER_PATH = /^\/v1\/pay\/([^/]+)\/confirm$/;

/** The demo merchants' key, known on purpose. */
const keyOf = (mid) => createHash('sha256').update(`pg-gateway demo key ${mid}`).digest();

const sealed = (content, header, key) =>
  new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader(header)
    .encrypt(key);

/** A time that can be read is made the time of sending: the tester cannot know when its request leaves. */
function timed(content) {
  const { requestedAt } = content;
  const isTime =
    requestedAt === undefined ||
    (typeof requestedAt === 'string' && Number.isFinite(Date.parse(requestedAt)));
  return isTime ? { ...content, requestedAt: new Date().toISOString() } : content;
}

/**
 * A body with its plain `encData` encrypted: with the merchant's key, or on a payment page to the link's one-time key,
 * which is asked for at `url`. A body without an object there goes as it is.
 */
export async function sealBody(path, text, url) {
  const body = parsed(text);
  const content = body?.encData;
  if (content === null || typeof content !== 'object' || Array.isArray(content)) return text;
  const [, token] = PAYER_PATH.exec(path) ?? [];
  if (token === undefined) {
    const mid = typeof body.mid === 'string' ? body.mid : '';
    const header = { alg: 'dir', enc: 'A256GCM', kid: `ek_test_${mid.replace(/[^\w]/g, '')}` };
    return JSON.stringify({ ...body, encData: await sealed(timed(content), header, keyOf(mid)) });
  }
  const answer = await fetch(new URL(`/v1/pay/${token}`, url));
  const { publicKey } = answer.ok ? await answer.json() : {};
  if (publicKey === undefined || publicKey === null)
    return JSON.stringify({ ...body, encData: 'no.link.to.this.token' });
  const header = { alg: 'ECDH-ES', enc: 'A256GCM', kid: publicKey.kid };
  const encData = await sealed(content, header, await importJWK(publicKey, 'ECDH-ES'));
  return JSON.stringify({ ...body, encData });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
