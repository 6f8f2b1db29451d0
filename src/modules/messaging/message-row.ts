import type { SealContext } from '../../common/crypto/sealed-form';

const place =
  (column: string) =>
  (rowId: string, mid: string | null): SealContext => ({
    table: 'messages',
    column,
    rowId,
    ...(mid === null ? {} : { mid }),
  });

/** Where a message's sealed values live. */
export const recipientContext = place('recipient_sealed');
export const contentContext = place('content_sealed');
