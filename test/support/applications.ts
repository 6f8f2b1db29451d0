import type { ApiAnswer } from './merchant';
import { loggedIn, newApplicant } from './logins';
import type { Stack } from './stack';
import { PDF, upload } from './uploads';

const WEIGHTS = [1, 3, 7, 1, 3, 7, 1, 3];
let businesses = 0;

/** A business number that no other test of this run has, with a right check digit, under an office that is not in use. */
export function newBusinessNumber(): string {
  businesses += 1;
  const nine = `00089${String(businesses).padStart(4, '0')}`;
  const digit = (place: number) => Number(nine[place]);
  let sum = WEIGHTS.reduce((total, weight, place) => total + weight * digit(place), 0);
  sum += Math.floor((digit(8) * 5) / 10) + ((digit(8) * 5) % 10);
  return `${nine}${(10 - (sum % 10)) % 10}`;
}

export const tossContract = (mid: string) => ({
  acquirer: 'toss',
  acquirerMerchantId: `tosstest-${mid}`,
  credentials: { clientKey: `test_ck_${mid}`, secretKey: `test_sk_never_shown_${mid}` },
  methods: ['CARD'],
  priority: 1,
  weight: 100,
  amountMin: 100,
  amountMax: 10_000_000,
  enabled: true,
});

export const company = (over: Record<string, unknown> = {}) => ({
  services: ['CARD', 'VIRTUAL_ACCOUNT'],
  businessNumber: newBusinessNumber(),
  companyName: '새봄상회',
  representative: '김새봄',
  address: '서울특별시 중구 가온로 11',
  phone: '02-0000-3001',
  email: 'Contact@example.com',
  expectedYearlySales: 240_000_000,
  settlementAccount: { bankCode: '088', accountNumber: '110123456789', holderName: '홍길동' },
  ...over,
});

/** A member who applies, and what it may send. */
export class Applicant {
  private constructor(
    private readonly stack: Stack,
    readonly memberId: string,
    readonly loginId: string,
    readonly authorization: string,
  ) {}

  static async start(stack: Stack): Promise<Applicant> {
    const { memberId, loginId } = await newApplicant(stack.databaseUrl);
    return new Applicant(stack, memberId, loginId, await loggedIn(stack.api.url, loginId));
  }

  send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer> {
    const { authorization } = this;
    return this.stack.merchant.send(method, `/v1/service-applications${path}`, body, {
      authorization,
      ...headers,
    });
  }

  /** The papers that the catalogue asks for. */
  async papers(): Promise<{ kind: string; fileId: string }[]> {
    const documents = [];
    for (const kind of ['BUSINESS_LICENSE', 'BANKBOOK', 'ID_CARD']) {
      const { body } = await upload(this.stack.api.url, this.authorization, PDF, { name: `${kind}.pdf` });
      documents.push({ kind, fileId: body.fileId });
    }
    return documents;
  }

  /** A new one, complete unless told otherwise: submitted at once, or kept a draft. */
  private async made(over: Record<string, unknown>): Promise<string> {
    const answer = await this.send('POST', '', company({ documents: await this.papers(), ...over }));
    if (answer.status !== 201) throw new Error(`no application: ${answer.status} ${answer.text}`);
    return answer.body.applicationId as string;
  }

  draft(over: Record<string, unknown> = {}): Promise<string> {
    return this.made({ draft: true, ...over });
  }

  submitted(over: Record<string, unknown> = {}): Promise<string> {
    return this.made(over);
  }
}
