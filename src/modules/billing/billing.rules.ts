import { type FieldError, fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';

const INSTALLMENT_AMOUNT_MIN = 50_000;

const PARTS_TEXT = {
  ko: '면세 금액과 봉사료의 합이 결제 금액보다 큽니다.',
  en: 'Tax-free amount and service charge together exceed the amount.',
};
const INSTALLMENT_TEXT = {
  ko: '할부는 50,000원부터 가능합니다.',
  en: 'Installments need 50,000 won or more.',
};

/** Rules between the fields of an order. Throws VALIDATION_FAILED that names each. Amounts are whole won. */
export function checkOrder(order: {
  readonly amount: number;
  readonly taxFreeAmount?: number;
  readonly serviceCharge?: number;
  readonly installmentMonths?: number;
}): void {
  const { amount, taxFreeAmount = 0, serviceCharge = 0, installmentMonths = 0 } = order;
  const errors: FieldError[] = [];
  if (taxFreeAmount + serviceCharge > amount) {
    errors.push({ field: 'taxFreeAmount', code: 'PARTS_EXCEED_AMOUNT', message: PARTS_TEXT });
  }
  if (installmentMonths > 0 && amount < INSTALLMENT_AMOUNT_MIN) {
    errors.push({
      field: 'installmentMonths',
      code: 'INSTALLMENT_AMOUNT_TOO_SMALL',
      message: INSTALLMENT_TEXT,
    });
  }
  if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
}
