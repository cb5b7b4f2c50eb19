import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import type { RateLimit } from '@nandax/app/ports/limits.ts';
import { networkOf } from '@nandax/app/sessions/network.ts';
import type { Context } from '../context.ts';
import { rateLimitedError } from '../errors/graphql-errors.ts';
import { takeOrPass } from './take-or-pass.ts';

/** Calls that one network may make of all fields that take or make a credential. */
export const credentialLimit: RateLimit = { limit: 10, windowSeconds: 60 };

/**
 * Counts each call of a field marked `@CredentialEndpoint()` against the caller's network: a document
 * that calls one under a hundred aliases has made a hundred calls. Changes the schema in place.
 */
export function limitCredentialEndpoints(schema: GraphQLSchema): void {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const field of roots.flatMap((type) => Object.values(type?.getFields() ?? {}))) {
    if (field.extensions['credentialEndpoint'] !== true) continue;
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = async (source, args, context: Context, info) => {
      const { ports, actor } = context;
      const key = `credential:${networkOf(actor.ipAddress)}`;
      const verdict = await takeOrPass(ports, key, credentialLimit);
      if (!verdict.allowed) {
        throw rateLimitedError(
          'Too many attempts from your network; wait a little.',
          verdict.retryAfterSeconds,
        );
      }
      return resolve(source, args, context, info);
    };
  }
}
