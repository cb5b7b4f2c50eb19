import type { RiskScope as RiskScopeName } from '@nandax/core/risk/risk-limits.ts';
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
