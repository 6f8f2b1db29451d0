import type { SealContext } from '../../common/crypto/sealed-form';

/** Where a member's sealed number lives. Not bound to a merchant: a member may come to belong to one later. */
export const phoneContext = (memberId: string): SealContext => ({
  table: 'members',
  column: 'phone_sealed',
  rowId: memberId,
});

/** Where the new contact that a code is to prove lives. */
export const contactContext = (codeId: string): SealContext => ({
  table: 'member_codes',
  column: 'contact_sealed',
  rowId: codeId,
});

/** Digits only: the one form of a number. */
export function canonicalPhone(phone: string): string {
  return phone.replace(/\D/g, '');
}

/** Lower case: the one form of an e-mail address. */
export function canonicalEmail(email: string): string {
  return email.toLowerCase();
}

export function maskEmail(email: string): string {
  const [name = '', domain = ''] = email.split('@');
  return `${name.slice(0, 2)}***@${domain}`;
}
