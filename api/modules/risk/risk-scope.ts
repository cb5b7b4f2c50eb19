import type { RiskScope as RiskScopeName } from '@nandax/core/risk/risk-limits.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import type { EntityName } from '@nandax/app/views/node.ts';
import { forbiddenError } from '../../errors/graphql-errors.ts';
import type { CallingActor } from '../../context.ts';
import { globalIdOf } from '../../relay/global-id.ts';
import { enumOf } from '../../scalars/enum-of.ts';

export const RiskScope = enumOf(
  'RiskScope',
  'Where limits are set and results are summed up. All scopes of an order must be kept.',
  {
    AGENT: 'One agent.',
    STRATEGY: 'One strategy, in all agents that trade it.',
    PORTFOLIO: 'One portfolio.',
    USER: 'One user, in all portfolios.',
    PLATFORM: 'The whole installation.',
  } satisfies Record<RiskScopeName, string>,
);

/** Entities that scopes with an id name. */
export const entityOfScope: Readonly<Record<RiskScopeName, EntityName | null>> = {
  AGENT: 'Agent',
  STRATEGY: 'Strategy',
  PORTFOLIO: 'Portfolio',
  USER: 'User',
  PLATFORM: null,
};

export const subjectDescription =
  'Global id of the agent, strategy, portfolio or user it concerns; null: the whole installation.';

export function subjectIdOf(scope: RiskScopeName, scopeId: string): string | null {
  const entity = entityOfScope[scope];
  return entity === null ? null : globalIdOf(entity, scopeId);
}

/** @throws FORBIDDEN for whoever may not look after the whole installation. */
export function checkAdministrator({ role }: UserView, { kind }: CallingActor): void {
  if (role === 'ADMIN' && kind === 'USER') return;
  throw forbiddenError('Only an administrator, logged in themselves, may do this.', []);
}
