/** The object without one of its fields. */
export function omit<T extends object, K extends keyof T>(object: T, name: K): Omit<T, K> {
  return Object.fromEntries(Object.entries(object).filter(([field]) => field !== name)) as Omit<
    T,
    K
  >;
}
