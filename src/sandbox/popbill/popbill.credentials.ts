/** One member of Popbill: a business under the partner's link. */
export interface PopbillContract {
  /** The gateway's merchant that the demo data gives this contract to; empty for a spare one. */
  readonly merchantId: string;
  readonly businessNumber: string;
  readonly linkId: string;
  /** Base64. */
  readonly secretKey: string;
}

const LINK_ID = 'SANDBOXPG';
const SECRET_KEY = Buffer.from('popbill sandbox link secret key!').toString('base64');

/** The demo merchants by their business numbers. */
const MEMBERS: readonly (readonly [string, string])[] = [
  ['M0000001', '0008100014'],
  ['M0000002', '0008200025'],
  ['M0000003', '0008100033'],
  ['M0000004', '0008600042'],
  ['M0000005', '0008700054'],
  ['M0000006', '0008800065'],
  ['', '0008900096'],
];

export const POPBILL_CONTRACTS: readonly PopbillContract[] = MEMBERS.map(([merchantId, businessNumber]) => ({
  merchantId,
  businessNumber,
  linkId: LINK_ID,
  secretKey: SECRET_KEY,
}));
