import { step } from '../../scripts/lib/output.mjs';
import { DatabaseWorld, withoutIndexes } from '../rig/database-world.mjs';
import { Keys } from '../raw/keys.mjs';
import { followUps, statements } from './fill.mjs';

/** A database full of rows and one API process on it. */
export class ListsWorld extends DatabaseWorld {
  constructor({ adminUrl, plan }) {
    super({ adminUrl, name: 'lists' });
    this.plan = plan;
  }

  async up() {
    await step('Migrating the database', () => this.make());
    this.keys = new Keys(this.connection, this.rootKeys);
    await step(`Making ${this.plan.rows} rows of each kind`, (note) => this.#fill(note));
    await step('Starting the API', () => this.startApi());
  }

  async #fill(note) {
    const [found] = await this.connection.query('SHOW TABLES');
    const tables = new Set(found.map((row) => Object.values(row)[0]));
    this.tables = tables;
    await this.loading(1, async () => {
      for (const [table, statement] of Object.entries(statements(this.plan))) {
        note(table);
        if (!tables.has(table)) continue;
        await withoutIndexes(this.connection, table, () => this.rows(statement));
      }
      for (const statement of followUps(this.plan)) await this.rows(statement);
    });
    note('demo data');
    await this.seed();
    note('statistics');
    for (const table of [...Object.keys(statements(this.plan)), 'agency_paths']) {
      if (tables.has(table)) await this.rows(`ANALYZE TABLE ${table}`);
    }
    note('');
  }
}
