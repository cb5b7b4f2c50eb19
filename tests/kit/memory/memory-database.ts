import { UniqueKeyTaken } from '@nandax/app/ports/store.ts';
import type { TableName, Tables } from './tables.ts';

/** How the store waits: a simulation's scheduler, or the machine's own event loop. */
export interface Turns {
  /** Resolves when the caller may take its next step. */
  turn(): Promise<void>;
  /** Resolves at a step at which the condition holds. */
  until(condition: () => boolean): Promise<void>;
}

/** Two transactions wait for each other; PostgreSQL would end one of them (40P01). */
export class DeadlockFound extends Error {}

/**
 * Tables and row locks in memory, with the isolation the real store has: read committed, writers of
 * a row wait for each other, a unique key that is being written is waited for.
 */
export class MemoryDatabase {
  readonly #tables = new Map<TableName, Map<string, unknown>>();
  readonly #locks = new Map<string, MemoryTransaction>();

  /** Rows of a table as committed. */
  committed(table: TableName): Map<string, unknown> {
    const rows = this.#tables.get(table) ?? new Map<string, unknown>();
    this.#tables.set(table, rows);
    return rows;
  }

  /** Rows of a table in the order in which they came, for whoever judges the outcome. */
  rows<T extends TableName>(table: T): readonly Tables[T][] {
    return [...this.committed(table).values()] as Tables[T][];
  }

  /** Every committed row by `table key`: two of them tell whether anything was written in between. */
  everything(): ReadonlyMap<string, unknown> {
    return new Map(
      [...this.#tables].flatMap(([table, rows]) =>
        [...rows].map(([key, row]): [string, unknown] => [`${table} ${key}`, row]),
      ),
    );
  }

  begin(turns: Turns): MemoryTransaction {
    return new MemoryTransaction(this, this.#locks, turns);
  }
}

/** One transaction: its own writes over what is committed, and the locks it holds. */
export class MemoryTransaction {
  readonly #database: MemoryDatabase;
  readonly #locks: Map<string, MemoryTransaction>;
  readonly #turns: Turns;
  readonly #writes = new Map<TableName, Map<string, unknown>>();
  #awaited: string | null = null;

  constructor(database: MemoryDatabase, locks: Map<string, MemoryTransaction>, turns: Turns) {
    this.#database = database;
    this.#locks = locks;
    this.#turns = turns;
  }

  /** A statement begins: others may come between. */
  turn(): Promise<void> {
    return this.#turns.turn();
  }

  get<T extends TableName>(table: T, key: string): Tables[T] | null {
    const own = this.#writes.get(table);
    const row = own?.has(key) === true ? own.get(key) : this.#database.committed(table).get(key);
    return (row ?? null) as Tables[T] | null;
  }

  /** Own and committed rows, oldest first. */
  all<T extends TableName>(table: T): readonly Tables[T][] {
    const own = this.#writes.get(table) ?? new Map<string, unknown>();
    return [...new Map([...this.#database.committed(table), ...own]).values()] as Tables[T][];
  }

  /** Writes a row under its lock. */
  async put<T extends TableName>(table: T, key: string, row: Tables[T]): Promise<void> {
    await this.lock(`${table} ${key}`);
    this.#write(table, key, row);
  }

  /** Writes a new row; waits for whoever is writing the same key. @throws UniqueKeyTaken */
  async insert<T extends TableName>(table: T, key: string, row: Tables[T]): Promise<void> {
    await this.lock(`${table} ${key}`);
    if (this.get(table, key) !== null) throw new UniqueKeyTaken();
    this.#write(table, key, row);
  }

  /** Locks to the end of the transaction; whoever has it is waited for. @throws DeadlockFound */
  async lock(name: string): Promise<void> {
    if (this.tryLock(name)) return;
    this.#awaited = name;
    this.#refuseCircle(name);
    await this.#turns.until(() => !this.#locks.has(name));
    this.#awaited = null;
    this.#locks.set(name, this);
  }

  /** As `lock`, but false where another holds it (SKIP LOCKED). */
  tryLock(name: string): boolean {
    const owner = this.#locks.get(name);
    if (owner === undefined) this.#locks.set(name, this);
    return owner === undefined || owner === this;
  }

  commit(): void {
    for (const [table, rows] of this.#writes) {
      const committed = this.#database.committed(table);
      for (const [key, row] of rows) committed.set(key, row);
    }
    this.rollback();
  }

  rollback(): void {
    this.#writes.clear();
    for (const [name, owner] of this.#locks) if (owner === this) this.#locks.delete(name);
  }

  #write(table: TableName, key: string, row: object): void {
    const own = this.#writes.get(table) ?? new Map<string, unknown>();
    this.#writes.set(table, own.set(key, row));
  }

  #refuseCircle(name: string): void {
    let owner = this.#locks.get(name);
    while (owner !== undefined) {
      if (owner === this) throw new DeadlockFound(`a circle of transactions waits for ${name}`);
      owner = owner.#awaited === null ? undefined : this.#locks.get(owner.#awaited);
    }
  }
}
