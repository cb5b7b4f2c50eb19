import { CombinedError } from '@urql/core';

/** What terms would come to, or why nothing can be said of them. */
export interface Previewed<Preview> {
  readonly preview: Preview | null;
  readonly problem: string | null;
}

/**
 * Asks for a preview. What goes wrong is said beside the form and never takes the screen away; only
 * who is not logged in is led to the login.
 */
export async function previewed<Preview>(ask: () => Promise<Preview>): Promise<Previewed<Preview>> {
  try {
    return { preview: await ask(), problem: null };
  } catch (thrown) {
    if (thrown instanceof CombinedError) return without('No answer came.');
    if (!(thrown instanceof Response)) throw thrown;
    if (thrown.status === 404) return without('These terms cannot be read.');
    if (thrown.status !== 429) throw thrown;
    return without(`Too many requests; it comes again in ${await thrown.text()} seconds.`);
  }
}

function without(problem: string): Previewed<never> {
  return { preview: null, problem };
}

/** The fields of a form as a preview's address carries them. */
export function fieldsOf(request: Request): FormData {
  const fields = new FormData();
  for (const [name, value] of new URL(request.url).searchParams) fields.append(name, value);
  return fields;
}
