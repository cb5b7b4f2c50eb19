import { Extensions, Field, FieldResolver } from 'type-graphql';
import type { AccessRule, KeyRule } from './rules.ts';

type TypeFunction = NonNullable<Parameters<typeof Field>[0]> & (() => unknown);
interface FieldOptions {
  readonly nullable?: boolean | 'items';
  /** Why it goes, and what to read instead; it stays until nobody asks for it. */
  readonly deprecationReason?: string;
}

/**
 * Declares who may read a query, mutation, subscription or field, and which API keys may; without it
 * the server does not start. A root field that is not open to anyone has to say something of keys.
 */
export function Access(rule: AccessRule, keys?: KeyRule): MethodDecorator & PropertyDecorator {
  return Extensions(keys === undefined ? { access: rule } : { access: rule, keys });
}

/**
 * A field that takes or makes a credential: each call counts against the caller's address, also when
 * one document has many of them.
 */
export function CredentialEndpoint(): MethodDecorator & PropertyDecorator {
  return Extensions({ credentialEndpoint: true });
}

/** A field of an object that its value carries under the same name. */
export function Visible(
  rule: AccessRule,
  type: TypeFunction,
  description: string,
  options: FieldOptions = {},
): PropertyDecorator {
  return (target, name) => {
    Field(type, { ...options, description, simple: true })(target, name);
    Access(rule)(target, name);
  };
}

/** A field of an object that a method of a resolver class computes. */
export function Derived(
  rule: AccessRule,
  type: TypeFunction,
  description: string,
  options: FieldOptions = {},
): MethodDecorator {
  return (target, name, descriptor) => {
    FieldResolver(type, { ...options, description })(target, name, descriptor);
    Access(rule)(target, name, descriptor);
  };
}

/** A field of an input object. A nullable one may be left out or null, which mean the same. */
export function InputField(
  type: TypeFunction,
  description: string,
  options: FieldOptions & { readonly defaultValue?: unknown } = {},
): PropertyDecorator {
  return (target, name) => Field(type, { ...options, description })(target, name);
}
