import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema, type PubSub } from 'type-graphql';
import { enforceAccess } from './access/enforce.ts';
import type { Context } from './context.ts';
import { limitCredentialEndpoints } from './door/credential-limits.ts';
import { enforceDeadlines } from './door/deadline.ts';
import { createLoaders } from './loaders.ts';
import { resolvers } from './resolvers.ts';

const rootDescriptions = {
  Query: 'What can be read.',
  Mutation:
    'What can be done. Each answers a union: the object, or a failure with fields of its own.',
  Subscription:
    'What happens, as it happens. Account topics share one gapless sequence for each user and can be resumed.',
} as const;

/** type-graphql asks for one as soon as there are subscriptions; each of ours brings its own source. */
const noPubSub: PubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('a subscription without a source of its own');
  },
};

/** The contract, with its access rules, limits and deadlines enforced. @throws FieldsWithoutAccessRule */
export async function createSchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers,
    pubSub: noPubSub,
    validate: false,
  });
  for (const [name, description] of Object.entries(rootDescriptions)) {
    const type = schema.getType(name);
    if (type) type.description = description;
  }
  renewLoadersForMutations(schema);
  enforceDeadlines(schema);
  limitCredentialEndpoints(schema);
  // Last, so that it stands before all else: who may not ask costs nothing.
  return enforceAccess(schema);
}

/** What a mutation changed must not be read from what an earlier field of the operation remembered. */
function renewLoadersForMutations(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve } = field;
    field.resolve = (source, args, context: Context, info) => {
      context.loaders = createLoaders(context.ports.reads);
      return resolve?.(source, args, context, info);
    };
  }
}
