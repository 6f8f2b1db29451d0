const READS =
  "SHOW GLOBAL STATUS WHERE Variable_name LIKE 'Handler\\_read\\_%' OR Variable_name LIKE 'Handler\\_icp\\_%'";
const WRITES =
  "SHOW GLOBAL STATUS WHERE Variable_name IN ('Handler_write', 'Handler_update', 'Handler_delete')";

/** Rows that a database server looks at, by its own counters: the same on every machine. */
export class RowsRead {
  /** `world` has `rows(sql)`; nothing else may use its server meanwhile. */
  constructor(world, { tries = 5 } = {}) {
    Object.assign(this, { world, tries });
  }

  /** Learns what reading the counters counts itself. */
  async prepare() {
    const nothing = async () => undefined;
    this.own = Math.min(await this.#between(nothing), await this.#between(nothing));
  }

  /** For one piece of work. What else the server did meanwhile only adds: so the least of some tries counts. */
  async by(work) {
    const counts = [];
    for (let turn = 0; turn < this.tries; turn += 1) counts.push(await this.#between(work));
    return Math.min(...counts) - this.own;
  }

  async #between(work) {
    const before = await this.#reads();
    await work();
    return (await this.#reads()) - before;
  }

  /** Read, or looked at in an index and passed over. */
  async #reads() {
    let sum = 0;
    for (const { Variable_name: name, Value: value } of await this.world.rows(READS)) {
      sum += name === 'Handler_icp_match' ? -Number(value) : Number(value);
    }
    return sum;
  }
}

/** Rows that a server has written since its start. */
export async function rowsWritten(world) {
  const rows = await world.rows(WRITES);
  return rows.reduce((sum, { Value: value }) => sum + Number(value), 0);
}
