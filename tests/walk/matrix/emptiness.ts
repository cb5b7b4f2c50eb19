import type { ViewerName } from '../viewers.ts';

/** Fields that are null or empty in this world although somebody may read them. */
const empty: readonly string[] = [];

/** Whether a field may come back empty to a viewer who may read it. */
export function mayBeEmpty(field: string, _viewer: ViewerName): boolean {
  return empty.includes(field);
}
