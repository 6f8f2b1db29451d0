import type { FieldError } from '../../common/errors/app-error';
import type { SmsPaymentRequest } from './dto/sms-payment.request';

/** Korean card rules: installments from 50,000 won. */
const INSTALLMENT_AMOUNT_MIN = 50_000;
const INSTALLMENT_MONTHS_DEFAULT = 12;

/** What no single field can tell. */
export function requestFaults({
  amount,
  taxFreeAmount = 0,
  installmentMonthsMax = 0,
}: SmsPaymentRequest): FieldError[] {
  const faults: FieldError[] = [];
  if (taxFreeAmount > amount) {
    const message = {
      ko: '면세 금액이 결제 금액보다 큽니다.',
      en: 'The tax-free amount exceeds the amount.',
    };
    faults.push({ field: 'taxFreeAmount', code: 'PARTS_EXCEED_AMOUNT', message });
  }
  if (installmentMonthsMax > 0 && amount < INSTALLMENT_AMOUNT_MIN) {
    const message = { ko: '할부는 50,000원부터 가능합니다.', en: 'Installments need 50,000 won or more.' };
    faults.push({ field: 'installmentMonthsMax', code: 'INSTALLMENT_AMOUNT_TOO_SMALL', message });
  }
  return faults;
}

export function installmentsOf({ amount, installmentMonthsMax }: SmsPaymentRequest): number {
  return installmentMonthsMax ?? (amount >= INSTALLMENT_AMOUNT_MIN ? INSTALLMENT_MONTHS_DEFAULT : 0);
}
