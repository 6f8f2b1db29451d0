import type { OpenedKeyIn } from '../encrypted-body.guard';
import type { Payment } from '../payments.types';

export interface ApproveCardCommand {
  readonly mid: string;
  readonly actor: string;
  readonly keyIn: OpenedKeyIn;
}

export interface ApprovalResult {
  readonly outcome: 'SUCCESS' | 'DUPLICATE';
  readonly payment: Payment;
}
