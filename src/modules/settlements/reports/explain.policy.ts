/** What a line was reckoned by, as it is kept on it. Won, and parts per million. */
export interface LineTerms {
  readonly kind: string;
  readonly amount: number;
  readonly leftBefore: number;
  readonly leftAfter: number;
  readonly fee: number;
  readonly vat: number;
  readonly ratePpm: number;
  readonly fixedFee: number;
  readonly minimumFee: number;
  /** Whether a cancel is of the day of the approval's capture. */
  readonly isSameDay: boolean;
}

export interface ExplainedStep {
  readonly ko: string;
  readonly en: string;
  /** Won. */
  readonly amount: number;
}

const won = (amount: number) => amount.toLocaleString('en-US');
const percent = (ppm: number) => `${Number((ppm / 10_000).toFixed(4))} %`;

/** How fee and VAT of a line came about, step by step; the last two steps are the line's own fee and VAT. */
export function explainLine(line: LineTerms): ExplainedStep[] {
  const { kind, leftBefore, leftAfter, fee, vat } = line;
  if (kind === 'APPROVAL') {
    const { steps } = dueSteps(leftAfter, line, { ko: '승인 금액', en: 'approved' });
    return [...steps, total('수수료', 'Fee', fee), vatStep(fee, vat)];
  }
  const before = dueSteps(leftBefore, line, { ko: '취소 전 금액', en: 'before the cancel' });
  const after = dueSteps(leftAfter, line, { ko: '취소 뒤 남은 금액', en: 'left after it' });
  return [
    ...before.steps,
    ...after.steps,
    {
      ko: `취소의 수수료 = 취소 뒤 수수료 ${won(after.due)}원 − 취소 전 수수료 ${won(before.due)}원`,
      en: `Fee of the cancel = ${won(after.due)} won due after it − ${won(before.due)} won before`,
      amount: fee,
    },
    {
      ko: `부가세 = ${won(after.due)}원의 10 % − ${won(before.due)}원의 10 %, 각각 원 미만 버림`,
      en: `VAT = 10 % of ${won(after.due)} − 10 % of ${won(before.due)}, each cut down to the won`,
      amount: vat,
    },
  ];
}

function dueSteps(
  left: number,
  { ratePpm, fixedFee, minimumFee, kind, isSameDay }: LineTerms,
  named: { readonly ko: string; readonly en: string },
): { readonly steps: ExplainedStep[]; readonly due: number } {
  if (left === 0) {
    const isKept = kind !== 'APPROVAL' && !isSameDay && named.en === 'left after it';
    const due = isKept ? fixedFee : 0;
    const ko = isKept
      ? `전액 취소: 다른 날의 취소이므로 건당 수수료 ${won(fixedFee)}원은 돌려주지 않음`
      : `${named.ko} 0원: 수수료 없음`;
    const en = isKept
      ? `Cancelled in full on another day: the fixed fee of ${won(fixedFee)} won stays due`
      : `0 won ${named.en}: no fee`;
    return { steps: [{ ko, en, amount: due }], due };
  }
  const share = Number((BigInt(left) * BigInt(ratePpm)) / 1_000_000n);
  const due = Math.max(share + fixedFee, minimumFee);
  const steps = [
    {
      ko: `${named.ko} ${won(left)}원 × ${percent(ratePpm)}, 원 미만 버림`,
      en: `${won(left)} won ${named.en} × ${percent(ratePpm)}, cut down to the won`,
      amount: share,
    },
  ];
  if (fixedFee > 0) steps.push({ ko: '건당 수수료를 더함', en: 'plus the fixed fee', amount: fixedFee });
  if (due > share + fixedFee) {
    steps.push({ ko: '최저 수수료를 적용함', en: 'the minimum fee applies', amount: minimumFee });
  }
  return { steps, due };
}

const total = (ko: string, en: string, amount: number): ExplainedStep => ({ ko, en, amount });
const vatStep = (fee: number, vat: number): ExplainedStep => ({
  ko: `부가세 = 수수료 ${won(fee)}원의 10 %, 원 미만 버림`,
  en: `VAT = 10 % of the fee of ${won(fee)} won, cut down to the won`,
  amount: vat,
});
