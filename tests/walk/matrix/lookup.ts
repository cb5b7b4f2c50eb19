import { nodeRows } from '../arguments.ts';
import { administrators, anyone, type Audience } from './audiences.ts';
import { queries } from './queries.ts';
import { reading, readingOtherwise, type Belonging } from './types.ts';

const audiences = new Map<string, Audience>();
for (const [name, who] of Object.entries(queries)) audiences.set(`Query.${name}`, who);
learn(reading, '');

/** All fields of which the matrix says who may read them. */
export const fieldsOfMatrix: readonly string[] = [...audiences.keys()];

for (const [label, belongings] of Object.entries(readingOtherwise)) {
  learn(belongings, ` ${label}`);
}

function learn(belongings: readonly Belonging[], label: string): void {
  for (const { who, fields } of belongings) {
    for (const [type, names] of Object.entries(fields)) {
      for (const name of names.split(' ')) audiences.set(`${type}.${name}${label}`, who);
    }
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
 * the id does not; whoever got that far has it already. An administrator gets to the trail by it.
 */
export function audienceBehindAnOpenDoor(field: string): Audience {
  const [type = '', name] = field.split('.');
  const isNode = type === 'Node' || nodeRows[type] !== undefined;
  if (isNode && name === 'id') return anyone;
  const alsoOfAnAdministrator = audiences.get(`${field} of an administrator`) ?? [];
  return alsoOfAnAdministrator === administrators
    ? [...audienceOf(field), ...administrators]
    : audienceOf(field);
}
