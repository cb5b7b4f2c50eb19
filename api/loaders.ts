import DataLoader from 'dataloader';
import type {
  BatchRead,
  BatchReads,
  ListName,
  ListPage,
  ListViews,
  ListWindow,
  Reads,
} from '@nandax/app/ports/reads.ts';

type ValueOf<Read> = Read extends BatchRead<infer Value> ? Value : never;

type BatchLoaders = {
  readonly [Name in keyof BatchReads]: DataLoader<string, ValueOf<BatchReads[Name]> | null>;
};

/** Reads that gather what one tick of the event loop asks for into one query, and remember it. */
export interface Loaders extends BatchLoaders {
  page<L extends ListName>(
    list: L,
    parentId: string,
    window: ListWindow,
  ): Promise<ListPage<ListViews[L]>>;
  count(list: ListName, parentId: string, filter: string | null): Promise<number>;
}

const emptyPage = { rows: [], hasMore: false };

/** Fresh loaders; each kind comes to life on its first use. */
export function createLoaders(reads: Reads): Loaders {
  const loaders = new Map<string, unknown>();
  const remembered = <T>(key: string, create: () => T): T => {
    const known = loaders.get(key) as T | undefined;
    if (known !== undefined) return known;
    const created = create();
    loaders.set(key, created);
    return created;
  };

  const loaderOf = <Value>(key: string, read: BatchRead<Value>) =>
    remembered(
      key,
      () =>
        new DataLoader<string, Value | null>(async (ids) => {
          const found = await read(ids);
          return ids.map((id) => found.get(id) ?? null);
        }),
    );

  const special = {
    page: async <L extends ListName>(list: L, parentId: string, window: ListWindow) => {
      const read: BatchRead<ListPage<ListViews[L]>> = (parentIds) =>
        reads.lists.page(list, parentIds, window);
      const key = ['page', list, window.first, window.after?.key, window.after?.id, window.filter];
      return (await loaderOf(key.join(' '), read).load(parentId)) ?? emptyPage;
    },
    count: async (list: ListName, parentId: string, filter: string | null) => {
      const read: BatchRead<number> = (parentIds) => reads.lists.count(list, parentIds, filter);
      return (await loaderOf(`count ${list} ${filter ?? ''}`, read).load(parentId)) ?? 0;
    },
  };

  return new Proxy(special, {
    get: (target, name: string) =>
      name in target
        ? target[name as keyof typeof target]
        : loaderOf(name, reads.batches[name as keyof BatchReads] as BatchRead<unknown>),
  }) as unknown as Loaders;
}
