import {
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  validate,
  type ExecutionArgs,
  type GraphQLSchema,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { rateLimitedError, tooManySubscriptionsError } from '../errors/graphql-errors.ts';
import { readDocument } from './document-limits.ts';
import type { RequestBudgets, Spender } from './request-budgets.ts';

export interface OperationDoor {
  readonly schema: GraphQLSchema;
  readonly budgets: RequestBudgets;
  readonly introspection: boolean;
}

/** Operations at once of one user, or of one network of strangers, over the sockets of this process. */
export const maxOperationsAtOnce = 100;

/**
 * All that stands between a message on a socket and its execution, as over HTTP: how many operations
 * are open (`atOnce`, with this one), whether the budget has room, how much the document asks for,
 * whether it is valid. Answers what to execute, or the errors that the operation ends with.
 */
export async function admitOperation(
  { schema, budgets, introspection }: OperationDoor,
  { query, variables, operationName }: SubscribePayload,
  spender: Spender,
  atOnce: number,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  if (atOnce > maxOperationsAtOnce) return [tooManySubscriptionsError(maxOperationsAtOnce)];
  const { allowed, limit, retryAfterSeconds } = await budgets.take(spender);
  if (!allowed) {
    const words = `That was more than ${limit} operations in a minute; wait a little.`;
    return [rateLimitedError(words, retryAfterSeconds)];
  }
  try {
    const document = readDocument(schema, { query, variables });
    const rules = introspection
      ? specifiedRules
      : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    const errors = validate(schema, document, rules);
    if (errors.length > 0) return errors;
    return { schema, document, operationName, variableValues: variables };
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}
