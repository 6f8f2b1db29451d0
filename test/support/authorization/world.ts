import { newId } from '../../../src/common/ids/id';
import { AccountShop } from '../accounts';
import { company, newBusinessNumber } from '../applications';
import { issued, subscribe } from '../billing';
import { Shop } from '../checkouts';
import { database, loggedIn } from '../logins';
import { type ApiAnswer, keyIn, MerchantClient, newOrderNo } from '../merchant';
import { newPhone, SmsShop } from '../sms-payer';
import type { Stack } from '../stack';
import { PDF, upload } from '../uploads';
import { eventually } from '../program';
import { messagesTo } from '../sms-payer';
import { AGENCY, BRANCH, type Caller, callersOf, FOREIGN, OWN, sees, type Tree } from './callers';

/** What paths and bodies name: something of somebody's, or, last of each kind, something that is not there. */
export interface Target {
  readonly name: string;
  readonly exists: boolean;
  readonly ids: Readonly<Record<string, string>>;
  /** Texts that stand nowhere else: whoever may not see the target must never be shown one. */
  readonly marks: readonly string[];
  readonly seenBy: (caller: Caller) => boolean;
}

/** By whom the things of a kind are seen: a branch, a merchant, who applied, an agency, a role, whoever has the link. */
export type Kind =
  'branch' | 'merchant' | 'mid' | 'application' | 'agency' | 'notice' | 'operator' | 'link' | 'absent';

export interface World {
  readonly callers: readonly Caller[];
  readonly targets: Readonly<Record<Kind, readonly Target[]>>;
}

type Ids = Record<string, string>;

let marks = 0;
const mark = (name: string) => `표식 ${name} ${(marks += 1)}`;

function made(answer: ApiAnswer, what: string): ApiAnswer['body'] {
  if (answer.status >= 300) throw new Error(`no ${what}: ${answer.status} ${answer.text}`);
  return answer.body;
}

const place = (name: string, mid: string, branchId: string | null, ids: Ids, named: string[]): Target => ({
  name,
  exists: true,
  ids: { mid, ...ids },
  marks: [...Object.values(ids), ...named],
  seenBy: (caller) => sees(caller, mid, branchId),
});

const missing = (ids: Ids): Target => ({
  ...{ name: 'none', exists: false, ids, marks: [] },
  seenBy: () => false,
});

export class WorldMaker {
  private constructor(private readonly stack: Stack) {}

  static async make(stack: Stack): Promise<World> {
    const maker = new WorldMaker(stack);
    const tree = await maker.tree();
    const callers = await callersOf(stack, tree.codes);
    return { callers, targets: await maker.targets(callers, tree.agencies) };
  }

  private async targets(callers: readonly Caller[], agencies: Target[]): Promise<World['targets']> {
    const [own, sibling, suspended, foreign] = [
      await this.branch('own branch', OWN, BRANCH.own),
      await this.branch('sibling branch', OWN, BRANCH.sibling),
      await this.branch('suspended branch', OWN, BRANCH.suspended),
      await this.branch('foreign branch', FOREIGN, BRANCH.foreign),
    ];
    const ownMerchant = await this.merchant('own merchant', OWN);
    const foreignMerchant = await this.merchant('foreign merchant', FOREIGN);
    const application = [];
    for (const loginId of ['merchant1', 'merchant2', 'applicant']) {
      application.push(await this.application(callers.find((caller) => caller.loginId === loginId)!));
    }
    const link = await this.link();
    const suspend = { status: 'SUSPENDED', reason: '정기 점검' };
    const owner = await this.as('merchant1');
    made(await owner('PATCH', `/v1/branches/${BRANCH.suspended}/status`, suspend), 'suspended branch');
    return {
      branch: [own, sibling, suspended, foreign, missing(UNKNOWN)],
      merchant: [ownMerchant, foreignMerchant, missing(UNKNOWN)],
      mid: [
        ...[OWN, FOREIGN].map((mid) => ({ ...place(mid, mid, null, {}, []), seenBy: seesMerchant(mid) })),
        missing(UNKNOWN),
      ],
      application: [...application, missing(UNKNOWN)],
      agency: agencies,
      notice: await this.notices(),
      operator: await this.operators(own),
      link: [link, missing(UNKNOWN)],
      absent: [missing(UNKNOWN)],
    };
  }

  /** An agency above the demo one, one below it, and one that brought the other merchant in; and a branch more. */
  private async tree(): Promise<{ codes: Tree; agencies: Target[] }> {
    const operator = await this.as('operator');
    const register = async (name: string, parentCode?: string) => {
      const email = `${name}.mark@example.com`;
      const wish = {
        name: `${name} 대리점`,
        businessNumber: newBusinessNumber(),
        representative: '이대표',
        phone: '02-555-0200',
        email,
        account: { bankCode: '088', accountNumber: '110123456789', holderName: '대리점' },
      };
      const answer = await operator('POST', '/v1/agencies', { ...wish, parentCode });
      const code = String(made(answer, 'agency').agencyCode);
      return { code, marks: [email, wish.businessNumber] };
    };
    const upper = await register('upper');
    const lower = await register('lower', AGENCY);
    const foreign = await register('foreign');
    const below = { parentCode: upper.code, version: 1, reason: '조직 변경' };
    made(await operator('PUT', `/v1/agencies/${AGENCY}/parent`, below), 'tree');
    const connection = await database(this.stack.databaseUrl);
    await connection.execute('UPDATE merchants SET agency_code = ? WHERE mid = ?', [foreign.code, FOREIGN]);
    await connection.execute(
      `INSERT INTO branches (id, mid, name, status) VALUES (?, ?, '모두의문구 다온점', 'ACTIVE')`,
      [BRANCH.suspended, OWN],
    );
    await connection.end();
    const agency = (name: string, agencyCode: string, named: string[]): Target => ({
      ...{ name, exists: true, ids: { agencyCode }, marks: named },
      seenBy: ({ agencies }) => agencies === 'ALL' || agencies.includes(agencyCode),
    });
    return {
      codes: { upper: upper.code, lower: lower.code, foreign: foreign.code },
      agencies: [
        agency('own agency', AGENCY, []),
        agency('upper agency', upper.code, upper.marks),
        agency('lower agency', lower.code, lower.marks),
        agency('foreign agency', foreign.code, foreign.marks),
        missing(UNKNOWN),
      ],
    };
  }

  private async branch(name: string, mid: string, branchId: string): Promise<Target> {
    const system = new MerchantClient(this.stack.api.url, mid);
    const goodsName = mark(name);
    const wish = keyIn({ branchId, goodsName, buyerName: mark('buyer') });
    const payment = made(await system.approve(wish), 'payment');
    const { cancels } = made(await system.cancel(payment.paymentId, { cancelAmount: 10_000 }), 'cancel');
    const sms = await new SmsShop(this.stack, system).request({ branchId, goodsName: mark(`${name} sms`) });
    const owner = await this.as(mid === OWN ? 'merchant1' : 'merchant2');
    const loginId = `staff.${sms.smsPaymentId.slice(-12).toLowerCase()}`;
    const person = { loginId, name: mark('staff'), phone: newPhone(), branchId };
    const staff = made(await owner('POST', '/v1/staff', person), 'staff');
    const ids = {
      ...{ paymentId: payment.paymentId, orderNo: wish.orderNo, cancelId: cancels[0]!.cancelId, branchId },
      ...{ smsPaymentId: sms.smsPaymentId, smsOrderNo: sms.orderNo, memberId: String(staff.memberId) },
    };
    return place(name, mid, branchId, ids, [goodsName, wish.buyerName as string, loginId, person.name]);
  }

  private async merchant(name: string, mid: string): Promise<Target> {
    const { url } = this.stack.api;
    const system = new MerchantClient(url, mid);
    const goodsName = mark(name);
    const payment = made(await system.approve(keyIn({ goodsName })), 'payment');
    const checkout = await new Shop(system, url).checkout({
      goodsName,
      returnUrl: 'https://shop.example.com/paid',
    });
    const account = await new AccountShop(system).issue({ goodsName });
    const customerKey = `customer-${mid}-${newOrderNo()}`;
    const billingKey = await issued(system, { customerKey });
    const subscription = made(
      await subscribe(system, { billingKey, customerKey, goodsName }),
      'subscription',
    );
    const wish = {
      orderNo: newOrderNo(),
      amount: 55_000,
      purpose: 'INCOME_DEDUCTION',
      identifier: '01077315599',
    };
    const receipt = made(await system.send('POST', '/v1/cash-receipts', wish), 'cash receipt');
    const points = { amount: 5_000, reason: '가입 축하' };
    made(await system.send('POST', `/v1/points/${customerKey}/adjustments`, points), 'points');
    const owner = await this.as(mid === OWN ? 'merchant1' : 'merchant2');
    const recipients = [{ name: mark('recipient'), phone: newPhone() }];
    made(await owner('POST', '/v1/branch-invitations', { recipients }), 'invitation');
    const invited = made(await owner('GET', '/v1/branch-invitations'), 'list').data;
    const [invitation] = invited as { invitationId: string }[];
    const key = made(await owner('POST', '/v1/api-keys', {}), 'API key');
    const encryptionKey = made(await owner('POST', '/v1/encryption-keys', {}), 'encryption key');
    const hook = { url: 'http://127.0.0.1:9/hook', eventTypes: ['settlement.paid'] };
    const endpoint = made(await system.send('POST', '/v1/webhook-endpoints', hook), 'webhook endpoint');
    const endpointId = String(endpoint.endpointId);
    const sent = made(await system.send('POST', `/v1/webhook-endpoints/${endpointId}/test`), 'delivery');
    const ids = {
      ...{ endpointId, deliveryId: String(sent.deliveryId), eventId: String(sent.eventId) },
      ...{
        paymentId: payment.paymentId,
        checkoutId: checkout.checkoutId,
        paymentToken: checkout.paymentToken,
      },
      ...{
        virtualAccountId: account.virtualAccountId,
        customerKey,
        billingKey,
        kid: String(encryptionKey.kid),
      },
      ...{ subscriptionId: String(subscription.subscriptionId), receiptId: String(receipt.receiptId) },
      ...{ keyId: String(key.keyId ?? key.id), invitationId: invitation!.invitationId },
    };
    return place(name, mid, null, ids, [goodsName, checkout.orderNo, account.orderNo, recipients[0]!.name]);
  }

  private async application(caller: Caller): Promise<Target> {
    const { body: file } = await upload(this.stack.api.url, caller.authorization, PDF);
    const companyName = mark(`company of ${caller.name}`);
    const documents = [{ kind: 'BUSINESS_LICENSE', fileId: file.fileId }];
    const send = await this.as(caller.loginId);
    // A merchant asks for further services only; who it is stands already.
    const wish = caller.hasNoPlace ? company({ companyName, documents }) : { services: ['SMS'], documents };
    const asDraft = { ...wish, draft: true };
    const draft = made(await send('POST', '/v1/service-applications', asDraft), 'application');
    const { applicationId } = draft;
    const mid = caller.mids[0];
    return {
      ...{ name: `application of ${caller.name}`, exists: true },
      ids: { applicationId: String(applicationId), fileId: file.fileId },
      marks: [String(applicationId), companyName, file.fileId],
      seenBy: (by) =>
        by.letter === 'O' ||
        by.memberId === caller.memberId ||
        (by.letter === 'R' && mid !== undefined && by.mids.includes(mid)),
    };
  }

  private async notices(): Promise<Target[]> {
    const operator = await this.as('operator');
    const audiences = { ALL: '', OPERATOR: 'O', AGENCY: 'A', MERCHANT: 'R', BRANCH: 'B' };
    const all: Target[] = [];
    for (const [audience, letter] of Object.entries(audiences)) {
      const title = mark(`notice ${audience}`);
      const wish = { title, body: '점검합니다.', audience: [audience] };
      const { noticeId } = made(await operator('POST', '/v1/admin/notices', wish), 'notice');
      all.push({
        ...{ name: `notice for ${audience}`, exists: true, ids: { noticeId: String(noticeId) } },
        marks: [String(noticeId), title],
        seenBy: (caller) => letter === '' || caller.letter === letter || caller.letter === 'O',
      });
    }
    return [...all, missing(UNKNOWN)];
  }

  /** What operators alone keep; sellers may be looked up by everybody who has logged in. */
  private async operators(own: Target): Promise<Target[]> {
    const operator = await this.as('operator');
    const seller = { name: '박판매', businessNumber: newBusinessNumber(), phone: '010-1234-5678' };
    const { sellerCode } = made(await operator('POST', '/v1/admin/sellers', seller), 'seller');
    const window = {
      ...{ acquirer: 'kakaopay', method: 'EASY_PAY', reason: '원천사 정기 점검' },
      ...{ from: '2099-12-01T02:00:00+09:00', to: '2099-12-01T04:00:00+09:00' },
    };
    const maintenance = made(
      await operator('POST', '/v1/admin/acquirers/maintenance', window),
      'maintenance',
    );
    const maintenanceId = String(maintenance.maintenanceId ?? maintenance.id);
    const ids = { ...own.ids, sellerCode: String(sellerCode), maintenanceId };
    const seenBy = (caller: Caller) => caller.letter === 'O';
    const kept = { name: 'kept by operators', exists: true, ids, marks: [maintenanceId], seenBy };
    return [kept, missing(UNKNOWN)];
  }

  /** A payer's link and a branch's invitation: whoever has one may use it. */
  private async link(): Promise<Target> {
    const shop = new SmsShop(this.stack);
    const sms = await shop.request({ goodsName: mark('link') });
    const owner = await this.as('merchant1');
    const phone = newPhone();
    made(
      await owner('POST', '/v1/branch-invitations', { recipients: [{ name: '홍길동', phone }] }),
      'invitation',
    );
    const invitationToken = await eventually(
      async () =>
        (await messagesTo(this.stack.sandboxUrl, phone))
          .map(({ text }) => /([\w-]{43})/.exec(text)?.[1])
          .find((token) => token !== undefined),
      { withinMs: 20_000, what: 'the SMS with the invitation' },
    );
    const ids = { payToken: await shop.token(sms.phone), invitationToken };
    return { name: 'link', exists: true, ids, marks: [], seenBy: () => true };
  }

  private async as(loginId: string) {
    const { url } = this.stack.api;
    const client = new MerchantClient(url, loginId, await loggedIn(url, loginId));
    return (method: string, path: string, body?: unknown) => client.send(method, path, body);
  }
}

const seesMerchant =
  (mid: string) =>
  ({ mids }: Caller) =>
    mids === 'ALL' || mids.includes(mid);

/** Well-formed names of what is not there. */
const UNKNOWN: Ids = {
  ...{ mid: 'M0009999', branchId: newId('brn'), paymentId: newId('pay'), orderNo: newOrderNo() },
  ...{
    smsPaymentId: newId('sms'),
    memberId: newId('mem'),
    checkoutId: newId('chk'),
    paymentToken: 'x'.repeat(43),
  },
  ...{ virtualAccountId: newId('vac'), customerKey: 'customer-nobody', billingKey: newId('bil') },
  ...{
    subscriptionId: newId('sub'),
    receiptId: newId('crc'),
    keyId: newId('key'),
    kid: `ek_${newId('key').slice(4)}`,
  },
  ...{
    invitationId: newId('inv'),
    applicationId: newId('app'),
    fileId: newId('fil'),
    noticeId: newId('ntc'),
    caseId: newId('rcn'),
  },
  ...{ agencyCode: 'AG9999', sellerCode: 'SL9999', maintenanceId: newId('mnt') },
  ...{
    settlementId: newId('stl'),
    lineId: 'stn_999999999',
    holdId: newId('hld'),
    adjustmentId: newId('adj'),
  },
  ...{ viewId: newId('viw') },
  ...{ endpointId: newId('whe'), deliveryId: newId('whd'), eventId: newId('evt') },
  ...{ payToken: 'y'.repeat(43), invitationToken: 'z'.repeat(43) },
};
