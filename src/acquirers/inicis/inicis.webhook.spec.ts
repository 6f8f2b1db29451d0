import { access, wired } from '../../../test/support/inicis-wire';
import { INICIS_RECEIPT, readNotice } from './inicis.webhook';

const FORM = 'application/x-www-form-urlencoded;charset=euc-kr';
const raw = (body: string, contentType = FORM) => ({
  headers: {},
  contentType,
  body: Buffer.from(body, 'latin1'),
});
/** The depositor's name is EUC-KR, escaped in one notice and bare in the other. */
const pc = (name = '%C8%AB%B1%E6%B5%BF') =>
  `no_tid=ININPGVBNKTESTMID00020260102030405000009&no_oid=ORDER-0001&id_merchant=TESTMID000&type_msg=0200` +
  `&no_msgseq=9000000030&no_transseq=+&amt_input=880000&nm_input=${name}` +
  `&no_req_tid=StdpayVBNKTESTMID00020260102010101000001`;

it.each([pc(), pc('\xc8\xab\xb1\xe6\xb5\xbf')])('reads a deposit of the PC window', (body) => {
  expect(readNotice(raw(body))).toEqual({
    kind: 'HINT',
    hint: {
      dedupeKey: 'pc ININPGVBNKTESTMID00020260102030405000009 0200 9000000030',
      event: 'virtual-account.deposited',
      acquirerMerchantId: 'TESTMID000',
      acquirerOrderNo: 'ORDER-0001',
      acquirerTransactionId: 'StdpayVBNKTESTMID00020260102010101000001',
    },
  });
});

it('does not take the id of the deposit for that of the payment', () => {
  const read = readNotice(raw(pc().replace(/&no_req_tid=\w+/, '')));
  expect(read).toMatchObject({ kind: 'HINT', hint: { acquirerTransactionId: null } });
});

it.each([
  ['02', 'virtual-account.deposited'],
  ['00', 'payment.approved'],
  ['99', 'notice.99'],
])('reads the state %s of the mobile window', (status, event) => {
  const body = `P_STATUS=${status}&P_TID=INIMX_VBNK1&P_OID=ORDER-0001&P_MID=TESTMID000&P_AMT=1004`;
  expect(readNotice(raw(body))).toMatchObject({
    hint: { event, acquirerOrderNo: 'ORDER-0001', acquirerTransactionId: 'INIMX_VBNK1' },
  });
});

it.each([
  ['JSON', raw('{"no_oid":"ORDER-0001"}', 'application/json')],
  ['nothing', raw('')],
  ['no id', raw('no_oid=ORDER-0001')],
  ['an order number that is none', raw(pc().replace('ORDER-0001', '%3Cscript%3E'))],
  ['broken escapes', raw('no_oid=%&no_tid=%zz')],
])('cannot read %s', (_, notice) => expect(readNotice(notice).kind).toBe('UNREADABLE'));

it('believes no notice, and rejects one for another merchant', () => {
  const { adapter } = wired(200, {});
  const verdict = (mid: string) => adapter.verifyWebhook({ ...access, acquirerMerchantId: mid }, raw(pc()));
  expect([verdict('TESTMID000'), verdict('SOMEONE000')]).toEqual(['UNSIGNED', 'INVALID']);
  expect(INICIS_RECEIPT.body).toBe('OK');
});
