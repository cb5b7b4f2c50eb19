/** Runs the build steps that are stale; `only` names some of them. Throws when one fails. */
export function prepare(options?: {
  readonly only?: readonly string[];
  readonly say?: (line: string) => void;
}): Promise<void>;
