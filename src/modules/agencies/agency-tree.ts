import type { EntityManager } from 'typeorm';

/**
 * The tree of agencies. `agency_paths` holds a row for each agency and each of its ancestors, itself at distance 0:
 * always the closure of `agencies.parent_code`. Triggers keep `agency_merchants` with it, from which the merchants of a
 * tree are listed. Whoever changes the tree, or what is agreed along it, takes its lock
 * first, so that two moves that cross go one after the other. Order of locks: the tree, agencies and sellers, audit chain.
 */
export async function lockTree(tx: EntityManager): Promise<void> {
  await tx.query(`SELECT last_number FROM code_numbers WHERE kind = 'AGENCY' FOR UPDATE`);
}

/** The paths of an agency that has just been added, with nothing below it. */
export async function addPaths(tx: EntityManager, code: string, parentCode: string | null): Promise<void> {
  await tx.query(
    `INSERT INTO agency_paths (ancestor_code, agency_code, agency_seq, agency_name, distance)
     SELECT code, code, seq, name, 0 FROM agencies WHERE code = ?`,
    [code],
  );
  if (parentCode !== null) await joinBelow(tx, code, parentCode);
}

/** Hangs an agency, with all that is below it, under another parent. Not for a parent that is below it. */
export async function movePaths(tx: EntityManager, code: string, parentCode: string | null): Promise<void> {
  await tx.query(
    `DELETE p FROM agency_paths p
       JOIN agency_paths below ON below.agency_code = p.agency_code AND below.ancestor_code = ?
       LEFT JOIN agency_paths inside ON inside.ancestor_code = ? AND inside.agency_code = p.ancestor_code
     WHERE inside.agency_code IS NULL`,
    [code, code],
  );
  if (parentCode !== null) await joinBelow(tx, code, parentCode);
}

export async function isWithin(
  tx: Pick<EntityManager, 'query'>,
  ancestorCode: string,
  code: string,
): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    'SELECT 1 FROM agency_paths WHERE ancestor_code = ? AND agency_code = ?',
    [ancestorCode, code],
  );
  return rows.length > 0;
}

async function joinBelow(tx: EntityManager, code: string, parentCode: string): Promise<void> {
  await tx.query(
    `INSERT INTO agency_paths (ancestor_code, agency_code, agency_seq, agency_name, distance)
     SELECT above.ancestor_code, below.agency_code, below.agency_seq, below.agency_name,
            above.distance + 1 + below.distance
       FROM agency_paths above JOIN agency_paths below ON below.ancestor_code = ?
      WHERE above.agency_code = ?`,
    [code, parentCode],
  );
}
