import type { Answer, Exchange, Outcome, WireCall } from '../core/acquirer';
import { isNicepayCode, messageOf, type NicepayCode } from './nicepay.codes';
import { contractOfMid, type NicepayContract } from './nicepay.credentials';
import { signatureOf } from './nicepay.crypto';
import { legacyAnswer, readEucKrForm } from './nicepay.form';

type Fields = Readonly<Record<string, string>>;

/** A call of the legacy webapi whose merchant and signature are right. */
export class LegacyRequest {
  constructor(
    readonly call: WireCall,
    readonly fields: Fields,
    readonly contract: NicepayContract,
  ) {}

  get mid(): string {
    return this.contract.mid;
  }

  /** A field that is there; the empty text for one that is not. */
  field(name: string): string {
    return this.fields[name] ?? '';
  }

  /** Whole won of at most twelve digits; null where it is none. */
  won(name: string): number | null {
    const text = this.field(name);
    return /^\d{1,12}$/.test(text) ? Number(text) : null;
  }

  answer(fields: Fields): Answer {
    return legacyAnswer(this.fields, fields);
  }

  refuse(code: NicepayCode, message?: string): Outcome {
    return { answer: this.refusal(code, message), effect: 'refused' };
  }

  refusal(code: NicepayCode, message?: string): Answer {
    return refusalAnswer(this.fields, code, message);
  }
}

/** Which members a refusal carries is not documented: the code, the text, and the numbers that were sent (unconfirmed). */
function refusalAnswer(asked: Fields, code: NicepayCode, message: string = messageOf(code)): Answer {
  const { TID = '', Moid = '' } = asked;
  return legacyAnswer(asked, { ResultCode: code, ResultMsg: message, TID, Moid });
}

interface LegacyRules {
  readonly required: readonly string[];
  /** The fields that SignData covers, before the merchant key. */
  readonly signed: readonly string[];
}

export type LegacyHandler = (request: LegacyRequest) => Outcome | Promise<Outcome>;

/** What every legacy call must bring: its fields, a known MID, and a SignData made with that merchant's key. */
export function openLegacy(call: WireCall, rules: LegacyRules, handler: LegacyHandler): Exchange {
  const fields = readEucKrForm(call.rawBody);
  if (fields.Moid !== undefined) call.about(fields.Moid);
  const over = (code: NicepayCode, message?: string): Exchange => ({
    run: () => ({ answer: refusalAnswer(fields, code, message), effect: 'refused' }),
    abandon: () => undefined,
  });
  const missing = rules.required.find((name) => (fields[name] ?? '') === '');
  if (missing !== undefined) return over('9000', `${missing} ${messageOf('9000')}`);
  const contract = contractOfMid(fields.MID ?? '');
  if (contract === undefined) return over('A114');
  const signed = rules.signed.map((name) => fields[name] ?? '');
  if (signatureOf(...signed, contract.merchantKey) !== fields.SignData?.toLowerCase()) return over('A211');
  const request = new LegacyRequest(call, fields, contract);
  return {
    run: (declineWith) =>
      declineWith !== undefined && isNicepayCode(declineWith)
        ? request.refuse(declineWith)
        : handler(request),
    abandon: () => undefined,
  };
}
