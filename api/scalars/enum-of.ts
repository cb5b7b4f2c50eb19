import { registerEnumType } from 'type-graphql';

/** An enum of the contract from its values' descriptions; each value stands for its own name. */
export function enumOf<const Values extends Readonly<Record<string, string>>>(
  name: string,
  description: string,
  values: Values,
): { readonly [Value in keyof Values]: Value } {
  const names = Object.fromEntries(Object.keys(values).map((value) => [value, value]));
  registerEnumType(names, {
    name,
    description,
    valuesConfig: Object.fromEntries(
      Object.entries(values).map(([value, text]) => [value, { description: text }]),
    ),
  });
  return names as { readonly [Value in keyof Values]: Value };
}
