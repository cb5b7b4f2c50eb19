import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

/** Prisma's schema engine, bound to one database. */
export interface OpenSchemaEngine {
  readonly engine: engineModule.SchemaEngine;
  readonly close: () => Promise<void>;
}

/** The one schema file. */
export const schemaPath = new URL('./schema.prisma', import.meta.url);

/**
 * Prisma's own schema engine as WebAssembly: the native one is a download of its own that a closed
 * network refuses. The engine is the same code and keeps the same `_prisma_migrations`.
 */
export async function openSchemaEngine(connectionString: string): Promise<OpenSchemaEngine> {
  await (loaded ??= loadEngine());
  const path = fileURLToPath(schemaPath);
  const pool = new CataloguePool(connectionString);
  const engine = await engineModule.SchemaEngine.new(
    { datamodels: [[path, await readFile(path, 'utf8')]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(new MigrationAdapterFactory(pool)),
  );
  return {
    engine,
    close: async () => {
      engine.free();
      await pool.end();
    },
  };
}

type PgAdapter = Awaited<ReturnType<PrismaPg['connect']>>;

/** Prisma's pg driver, with the two things amended that the schema engine stumbles over. */
class MigrationAdapterFactory extends PrismaPg {
  readonly #pool: CataloguePool;

  constructor(pool: CataloguePool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect(): Promise<PgAdapter> {
    const adapter = await super.connect();
    // The driver splits scripts at every ';', within function bodies too, and sends the parts one by
    // one. Sent whole, a script is one transaction: a migration that fails leaves nothing behind.
    adapter.executeScript = async (script) => {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
    };
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      for (const column of this.#pool.charColumns.get(result.rows) ?? []) {
        result.columnTypes[column] = ColumnTypeEnum.Character;
      }
      return result;
    };
    return adapter;
  }
}

/** Type numbers of `pg_type`: the system catalogues' one-byte "char", and text. */
const catalogueChar = 18;
const text = 25;

/** A pool that passes the catalogues' "char" as text, since Prisma's driver refuses to read it. */
class CataloguePool extends pg.Pool {
  /** The columns so passed, by the rows of their result. */
  readonly charColumns = new WeakMap<object, number[]>();

  constructor(connectionString: string) {
    super({ connectionString, max: 2 });
    const query = this.query.bind(this) as (config: pg.QueryArrayConfig) => Promise<unknown>;
    this.query = (async (config: pg.QueryArrayConfig) => {
      const result = await query(config);
      for (const { fields, rows } of [result].flat() as pg.QueryArrayResult[]) {
        const columns = fields.flatMap((field, at) =>
          field.dataTypeID === catalogueChar ? [at] : [],
        );
        this.charColumns.set(rows, columns);
        for (const field of fields) if (field.dataTypeID === catalogueChar) field.dataTypeID = text;
      }
      return result;
    }) as typeof this.query;
  }
}

/** What the WebAssembly glue exports beyond its declarations. */
interface EngineGlue {
  __wbg_set_wasm(exports: EngineExports): void;
}

interface EngineExports {
  __wbindgen_start(): void;
}

/** The part of the global WebAssembly that is used; its types would come with all of the DOM's. */
interface WebAssemblyLoader {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ instance: { exports: EngineExports } }>;
}

let loaded: Promise<void> | undefined;

async function loadEngine(): Promise<void> {
  const globals = globalThis as unknown as {
    WebAssembly: WebAssemblyLoader;
    PRISMA_WASM_PANIC_REGISTRY?: { set_message(message: string): void };
  };
  // The engine tells why it panics here before it traps; the trap itself says only "unreachable".
  globals.PRISMA_WASM_PANIC_REGISTRY ??= {
    set_message: (message) => {
      throw new Error(`Prisma's schema engine broke off: ${message}`);
    },
  };
  const glue = createRequire(import.meta.url).resolve(
    '@prisma/schema-engine-wasm/schema_engine_bg',
  );
  const bytes = await readFile(join(dirname(glue), 'schema_engine_bg.wasm'));
  const { instance } = await globals.WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': engineModule,
  });
  (engineModule as unknown as EngineGlue).__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}
