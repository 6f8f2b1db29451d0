import { MerchantClient } from './merchant';

const PASSWORD = 'Demo!2026pass';

/** A logged-in member: its requests carry its access token. */
export async function loggedIn(url: string, loginId: string, password = PASSWORD): Promise<MerchantClient> {
  const answer = await tryLogin(url, loginId, password);
  if (answer.status !== 200) throw new Error(`${loginId} cannot log in: ${answer.status} ${answer.text}`);
  return new MerchantClient(url, loginId, `Bearer ${String(answer.body.accessToken)}`);
}

export function tryLogin(url: string, loginId: string, password = PASSWORD) {
  return nobody(url).send('POST', '/v1/auth/login', { loginId, password });
}

/** Somebody without credentials. */
export const nobody = (url: string) => new MerchantClient(url, 'nobody', '');
