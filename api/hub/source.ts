import type { UserView } from '@nandax/app/views/account.ts';
import type { Context } from '../context.ts';
import { unauthenticatedError } from '../errors/graphql-errors.ts';
import type { Hub } from './hub.ts';

/** Options of the argument by which a subscription is taken up again. */
export const afterArgument = {
  nullable: true,
  description:
    'The last sequence you have seen: what came after it is replayed first. Left out: from now on. Too old: the error RESUME_POSITION_EXPIRED.',
};

/** The `subscribe` of an account topic. */
export function source<Update>(
  open: (hub: Hub, viewer: UserView, after: bigint | null) => Promise<AsyncIterable<Update>>,
) {
  return ({ context, args }: { context: Context; args: { after?: bigint | null } }) => {
    if (context.viewer === null) throw unauthenticatedError();
    return open(context.hub, context.viewer, args.after ?? null);
  };
}
