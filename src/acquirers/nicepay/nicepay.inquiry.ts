import type { ApprovalReference, ContractAccess, InquiryOutcome } from '../port/acquirer.types';
import type { NicepayClient } from './nicepay.client';
import { orderDays } from './nicepay.days';
import { inquiryOutcome } from './nicepay.mapper';

/** By the TID where it is one of the webapi, since we know that before the call; else by order number and Korean day. */
export async function inquire(
  client: NicepayClient,
  access: ContractAccess,
  reference: ApprovalReference,
): Promise<InquiryOutcome> {
  const { channel, acquirerTransactionId: tid } = reference;
  if (channel === 'KEY_IN' && tid !== null) {
    const { answer, exchange } = await client.askByTid(access, tid);
    return inquiryOutcome(access, reference, answer, exchange);
  }
  const askFor = async (day: string) => {
    const { answer, exchange } = await client.askByOrder(access, reference.acquirerOrderNo, day);
    return inquiryOutcome(access, reference, answer, exchange);
  };
  const [day, neighbour] = orderDays(reference.requestedAt);
  const found = await askFor(day);
  return found.kind === 'NOT_FOUND' && neighbour !== undefined ? askFor(neighbour) : found;
}
