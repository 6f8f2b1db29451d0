import type { MovementKind } from '../reconciliation.types';

/** A movement as the acquirer lists it. `day`: the Korean day of `at`. */
export interface TheirMovement {
  readonly movementKey: string;
  readonly kind: MovementKind;
  readonly acquirerOrderNo: string;
  readonly acquirerTransactionId: string;
  /** Won, positive. */
  readonly amount: number;
  readonly at: Date;
  readonly day: string;
}

/** A movement of ours; a reversal counts as a cancel of everything. */
export interface OwnMovement {
  readonly sourceId: string;
  readonly kind: MovementKind;
  readonly acquirerCancelId: string | null;
  /** Won, positive. */
  readonly amount: number;
  readonly at: Date;
  readonly day: string;
}

export interface Pairing<Theirs, Own> {
  readonly pairs: readonly { readonly theirs: Theirs; readonly own: Own }[];
  readonly theirsLeft: readonly Theirs[];
  readonly ownLeft: readonly Own[];
}

/**
 * Which movement there is which of ours, of one payment: an approval is the approval; a cancel goes by the acquirer's
 * own id of it, then by its amount in order of time; what is left on both sides then belongs together, and differs.
 */
export function pairUp<Theirs extends TheirMovement, Own extends OwnMovement>(
  theirs: readonly Theirs[],
  own: readonly Own[],
): Pairing<Theirs, Own> {
  const pairs: { theirs: Theirs; own: Own }[] = [];
  let theirsLeft = [...theirs].sort(byTime);
  let ownLeft = [...own].sort(byTime);
  const rules: readonly ((a: Theirs, b: Own) => boolean)[] = [
    (a, b) => b.acquirerCancelId !== null && a.movementKey === b.acquirerCancelId,
    (a, b) => a.amount === b.amount && !isNamedElsewhere(a, b, theirs, own),
    (a, b) => !isNamedElsewhere(a, b, theirs, own),
  ];
  for (const isPair of rules) {
    for (const a of [...theirsLeft]) {
      const b = ownLeft.find((each) => each.kind === a.kind && isPair(a, each));
      if (b === undefined) continue;
      pairs.push({ theirs: a, own: b });
      theirsLeft = theirsLeft.filter((each) => each !== a);
      ownLeft = ownLeft.filter((each) => each !== b);
    }
  }
  return { pairs, theirsLeft, ownLeft };
}

/** One of the two is known by its id to be another movement of the other side. */
function isNamedElsewhere(
  a: TheirMovement,
  b: OwnMovement,
  theirs: readonly TheirMovement[],
  own: readonly OwnMovement[],
): boolean {
  return (
    own.some((each) => each !== b && each.kind === a.kind && each.acquirerCancelId === a.movementKey) ||
    theirs.some((each) => each !== a && each.kind === b.kind && each.movementKey === b.acquirerCancelId)
  );
}

const byTime = (a: { readonly at: Date }, b: { readonly at: Date }) => a.at.getTime() - b.at.getTime();
