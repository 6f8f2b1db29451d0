import type { ApprovalReference, Channel, ContractAccess, InquiryOutcome } from '../port/acquirer.types';
import type { NicepayClient } from './nicepay.client';
import { orderDays } from './nicepay.days';
import { inquiryOutcome } from './nicepay.mapper';

/** Whose TID is ours to make: of the webapi's payments. */
const OWN_TID: readonly Channel[] = ['KEY_IN', 'VIRTUAL_ACCOUNT'];

/** By the TID where it is one of the webapi and known; else by order number and Korean day. */
export async function inquire(
  client: NicepayClient,
  access: ContractAccess,
  reference: ApprovalReference,
): Promise<InquiryOutcome> {
  const { channel, acquirerTransactionId: tid } = reference;
  if (OWN_TID.includes(channel) && tid !== null) {
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
