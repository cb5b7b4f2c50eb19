/**
 * The parts of a port that the order's way uses. Anything else throws and names what is missing, so
 * that a use-case that learns to use more says what this kit has to learn too.
 */
export function partial<T extends object>(name: string, part: Partial<T>): T {
  return new Proxy(part as T, {
    get(target, key, receiver) {
      if (key in target || typeof key === 'symbol' || key === 'then') {
        return Reflect.get(target, key, receiver) as unknown;
      }
      throw new Error(`tests/kit/memory has no ${name}.${key}: the order's way needs it now`);
    },
  });
}
