import type { Sealer } from '../../common/crypto/sealer';

interface Place {
  readonly branchId: string;
  readonly mid: string;
}

const context = ({ branchId, mid }: Place) => ({
  table: 'branches',
  column: 'phone_sealed',
  rowId: branchId,
  mid,
});

/** A branch's telephone number as it is kept: sealed, bound to its row. Digits. */
export const branchPhone = (sealer: Sealer) => ({
  seal: (place: Place, phone: string) => sealer.seal('pii', context(place), phone),
  open: async (place: Place, sealed: Buffer) =>
    (await sealer.open('pii', context(place), sealed)).toString('utf8'),
});
