import { createCipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { JWEHeaderParameters } from 'jose';
import { Secret } from '../../src/common/masking/secret';
import { DEMO_ACTOR, DEMO_MERCHANTS } from '../../src/demo/demo-data';
import { EncryptionKeysService } from '../../src/modules/merchants/encryption-keys.service';
import { MerchantsFacade } from '../../src/modules/merchants/merchants.facade';
import { encrypted as encryptedBy, MerchantProcesses } from './merchants.support';

const MID = 'M0000001';
const KID = 'ek_test_M0000001';
const DEMO_KEY = createHash('sha256').update(`pg-gateway demo key ${MID}`).digest();
const BODY = { orderNo: 'ORDER-0001', amount: 1004, cardNumber: '4242424242424242' };
const ENC_DATA_INVALID = expect.objectContaining({ code: 'ENC_DATA_INVALID', status: 400 });
const HEADER = { alg: 'dir', enc: 'A256GCM', kid: KID } as const;

const encrypted = (plaintext: unknown, header: JWEHeaderParameters = HEADER, key = DEMO_KEY) =>
  encryptedBy(plaintext, header, key);

let processes: MerchantProcesses;
let merchants: MerchantsFacade;
let encryptionKeys: EncryptionKeysService;

beforeAll(async () => {
  processes = await MerchantProcesses.on('merchants_encrypted');
  merchants = processes.first.get(MerchantsFacade);
  encryptionKeys = processes.first.get(EncryptionKeysService);
}, 60_000);

afterAll(() => processes.end());

describe('an encrypted request', () => {
  it('is opened by a live key of its merchant', async () => {
    const encData = await encrypted(BODY);
    const opened = await merchants.openRequest(MID, { encData });
    expect(opened.plaintext).toEqual(BODY);
    expect(opened.requestHash).toEqual(createHash('sha256').update(encData).digest());
  });

  it.each<[string, () => Promise<string> | string]>([
    ['another merchant’s key', () => encrypted(BODY, { ...HEADER, kid: 'ek_test_M0000002' })],
    ['an unknown kid', () => encrypted(BODY, { ...HEADER, kid: 'ek_unknown' })],
    ['no kid', () => encrypted(BODY, { alg: 'dir', enc: 'A256GCM' })],
    ['the wrong key', () => encrypted(BODY, HEADER, randomBytes(32))],
    ['another alg', () => encrypted(BODY, { ...HEADER, alg: 'A256KW' })],
    ['another enc', () => encrypted(BODY, { ...HEADER, enc: 'A128GCM' }, DEMO_KEY.subarray(0, 16))],
    ['compression', () => encrypted(BODY, { ...HEADER, zip: 'DEF' })],
    ['text that is not JSON', () => encrypted('amount=1004')],
    ['a JSON array', () => encrypted([BODY])],
    ['JSON null', () => encrypted('null')],
    ['an own __proto__', () => encrypted('{"__proto__":{"amount":1}}')],
    ['nothing', () => ''],
    ['four dots', () => '....'],
    ['too much', () => encrypted({ ...BODY, goodsName: 'x'.repeat(24_000) })],
  ])('is refused with %s', async (_, make) => {
    await expect(merchants.openRequest(MID, { encData: await make() })).rejects.toEqual(ENC_DATA_INVALID);
  });

  it('is refused with crit', async () => {
    const [, ...rest] = (await encrypted(BODY)).split('.');
    const header = Buffer.from(JSON.stringify({ ...HEADER, crit: ['exp'], exp: 1 })).toString('base64url');
    await expect(merchants.openRequest(MID, { encData: [header, ...rest].join('.') })).rejects.toEqual(
      ENC_DATA_INVALID,
    );
  });

  it('is refused with a change of any byte', async () => {
    const encData = await encrypted(BODY);
    for (let index = 0; index < encData.length; index += 1) {
      // A different base64url character with other high bits, so that more than unused bits change.
      const other = encData[index] === 'A' ? 'g' : 'A';
      const changed = encData.slice(0, index) + other + encData.slice(index + 1);
      await expect(merchants.openRequest(MID, { encData: changed })).rejects.toEqual(ENC_DATA_INVALID);
    }
  });

  it('is refused with other text for the same bytes', async () => {
    const parts = (await encrypted(BODY)).split('.');
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const tag = parts[4]!;
    // The last of a tag's 22 characters carries two bits; the other four must be zero.
    const sameBytes = tag.slice(0, -1) + alphabet[alphabet.indexOf(tag.at(-1)!) + 1]!;
    expect(Buffer.from(sameBytes, 'base64url')).toEqual(Buffer.from(tag, 'base64url'));
    const texts = [sameBytes, `${tag}==`, `${tag}\n`, ` ${tag}`].map((text) =>
      [...parts.slice(0, 4), text].join('.'),
    );
    for (const encData of texts) {
      await expect(merchants.openRequest(MID, { encData })).rejects.toEqual(ENC_DATA_INVALID);
    }
  });

  it('is opened by a new key and refused at once after its revocation', async () => {
    const issued = await encryptionKeys.create(MID, 'member:mem_1');
    await expect(encryptionKeys.create(MID, 'member:mem_1')).rejects.toMatchObject({
      code: 'ENCRYPTION_KEY_LIMIT',
      status: 409,
    });
    const key = Buffer.from(issued.key.expose(), 'base64');
    expect(key).toHaveLength(32);
    const encData = await encrypted(BODY, { ...HEADER, kid: issued.kid }, key);
    expect((await merchants.openRequest(MID, { encData })).plaintext).toEqual(BODY);
    expect((await encryptionKeys.list(MID, { limit: 50 })).data.map(({ kid }) => kid)).toEqual([
      issued.kid,
      KID,
    ]);
    await expect(encryptionKeys.revoke('M0000002', issued.kid, 'x')).rejects.toMatchObject({
      code: 'KEY_NOT_FOUND',
    });
    await encryptionKeys.revoke(MID, issued.kid, 'member:mem_1');
    await expect(merchants.openRequest(MID, { encData })).rejects.toEqual(ENC_DATA_INVALID);
  });
});

describe('a request in the old form', () => {
  const LEGACY_MID = 'M0000008';
  const KEY = randomBytes(32);
  const derived = (info: string) => Buffer.from(hkdfSync('sha256', KEY, '', info, 32));

  function legacy(plaintext: string, changes: { iv?: string; mac?: string; encData?: string } = {}) {
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-256-cbc', derived('pg-gateway legacy encryption v1'), iv);
    const encData = cipher.update(plaintext, 'utf8', 'base64') + cipher.final('base64');
    const form = { iv: iv.toString('base64'), encData };
    const mac = createHmac('sha256', derived('pg-gateway legacy mac v1'));
    return { ...form, mac: mac.update(`${LEGACY_MID}|${form.iv}|${encData}`).digest('hex'), ...changes };
  }

  beforeAll(async () => {
    const { merchant } = DEMO_MERCHANTS[0]!;
    const encryptionKey = { kid: 'ek_old_form', material: new Secret(KEY) };
    const wanted = {
      merchant: { ...merchant, mid: LEGACY_MID, legacyEncryptionAllowed: true },
      contracts: [],
      encryptionKey,
    };
    expect(await merchants.ensureMerchant(wanted, DEMO_ACTOR)).toBe(true);
  });

  it('is opened where it was contracted', async () => {
    const opened = await merchants.openRequest(LEGACY_MID, legacy(JSON.stringify(BODY)));
    expect(opened.plaintext).toEqual(BODY);
    expect(opened.requestHash).toHaveLength(32);
  });

  it('is opened while a new key is changed over to', async () => {
    const { kid } = await encryptionKeys.create(LEGACY_MID, 'member:mem_1');
    const opened = await merchants.openRequest(LEGACY_MID, legacy(JSON.stringify(BODY)));
    expect(opened.plaintext).toEqual(BODY);
    await encryptionKeys.revoke(LEGACY_MID, kid, 'member:mem_1');
  });

  it('is refused with anything changed, missing or not JSON, and where it was not contracted', async () => {
    const right = legacy(JSON.stringify(BODY));
    const { mac: _mac, ...withoutMac } = right;
    const { iv: _iv, ...withoutIv } = right;
    const wrong = [
      { ...right, mac: right.mac.replace(/^./, (c) => (c === '0' ? '1' : '0')) },
      { ...right, mac: 'zz' },
      { ...right, iv: randomBytes(16).toString('base64') },
      { ...right, encData: randomBytes(32).toString('base64') },
      withoutMac,
      withoutIv,
      legacy('not JSON'),
    ];
    for (const body of wrong)
      await expect(merchants.openRequest(LEGACY_MID, body)).rejects.toEqual(ENC_DATA_INVALID);
    await expect(merchants.openRequest(MID, right)).rejects.toEqual(ENC_DATA_INVALID);
  });
});
