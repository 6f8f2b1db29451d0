import { newWebhookSecret, signatureOf, signedHeaders } from './signature';

describe('signatures', () => {
  it.each([
    [
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      1_614_265_330,
      '{"test": 2432232314}',
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    ],
    [
      'whsec_plJ3nmyCDGBKInavdOK15jsl',
      'msg_loFOjxBNrRLzqYUf',
      1_731_705_121,
      '{"event_type":"ping","data":{"success":true}}',
      'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
    ],
  ])("are those of the specification's own libraries (%s)", (secret, id, timestamp, body, signature) => {
    expect(signatureOf(secret, id, timestamp, body)).toBe(signature);
  });

  it('are one for each live secret, apart by a space', () => {
    const secrets = [newWebhookSecret(), newWebhookSecret()];
    const sentAt = new Date(1_731_705_121_999);
    const headers = signedHeaders(secrets, { id: 'evt_1', sentAt, body: '{}' });
    expect(headers).toEqual({
      'webhook-id': 'evt_1',
      'webhook-timestamp': '1731705121',
      'webhook-signature': secrets.map((each) => signatureOf(each, 'evt_1', 1_731_705_121, '{}')).join(' '),
    });
  });

  it('come of secrets that are long enough, each another', () => {
    const secrets = Array.from({ length: 100 }, newWebhookSecret);
    expect(new Set(secrets).size).toBe(100);
    for (const secret of secrets) {
      expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
    }
  });
});
