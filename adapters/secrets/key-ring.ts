/** A 256-bit key and the name by which sealed texts refer to it. */
export interface RingKey {
  /** Letters, digits and hyphens, at most 32. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** Keys of an installation; the first seals, all open. */
export type KeyRing = readonly [RingKey, ...RingKey[]];

/** Where the keys come from, asked each time: a ring kept in a file may grow under a running process. */
export type KeyRingSource = () => KeyRing;

const entryText = /^([A-Za-z0-9-]{1,32}):([A-Za-z0-9+/=_-]+)$/;

/**
 * Reads `id:key,id:key`, each key 32 bytes in base64, separated by commas or line ends.
 * @throws Error that names what is wrong, and never a key.
 */
export function parseKeyRing(text: string): KeyRing {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
  const ring = entries.map((entry, index) => {
    const [, id = '', encoded = ''] = entryText.exec(entry) ?? [];
    const key = Buffer.from(encoded, 'base64');
    if (id === '' || key.length !== 32) {
      throw new Error(`Entry ${index + 1} of the key ring is not id:base64 of 32 bytes.`);
    }
    return { id, key };
  });
  const [current, ...older] = ring;
  if (current === undefined) throw new Error('The key ring is empty.');
  if (new Set(ring.map(({ id }) => id)).size < ring.length) {
    throw new Error('Two keys of the key ring have one id.');
  }
  return [current, ...older];
}

/** The text that `parseKeyRing` reads, a key a line. */
export function printKeyRing(ring: readonly RingKey[]): string {
  return `${ring.map(({ id, key }) => `${id}:${key.toString('base64')}`).join('\n')}\n`;
}
