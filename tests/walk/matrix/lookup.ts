import { nodeRows } from '../arguments.ts';
import { queries } from './queries.ts';
import { reading } from './types.ts';
import { anyone, type Audience } from './audiences.ts';

const audiences = new Map<string, Audience>();
for (const [name, who] of Object.entries(queries)) audiences.set(`Query.${name}`, who);
for (const { who, fields } of reading) {
  for (const [type, names] of Object.entries(fields)) {
    for (const name of names.split(' ')) audiences.set(`${type}.${name}`, who);
  }
}

/** Who may have a field that is reached the usual way. @throws Error naming a field that is missing */
export function audienceOf(field: string): Audience {
  const audience = audiences.get(field);
  if (audience === undefined) throw new Error(`The matrix says nothing of ${field}.`);
  return audience;
}

/**
 * The same where `node(id)` gives any object to whoever asks: every field has to guard itself. Only
 * the id does not; whoever got that far has it already.
 */
export function audienceBehindAnOpenDoor(field: string): Audience {
  const [type = '', name] = field.split('.');
  const isNode = type === 'Node' || nodeRows[type] !== undefined;
  return isNode && name === 'id' ? anyone : audienceOf(field);
}

/** All fields of which the matrix says who may read them. */
export const fieldsOfMatrix: readonly string[] = [...audiences.keys()];
