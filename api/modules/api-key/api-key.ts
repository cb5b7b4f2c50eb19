import { ObjectType } from 'type-graphql';
import type { ApiScope } from '@nandax/app/ports/api-keys.ts';
import type { ApiKeyView } from '@nandax/app/views/account.ts';
import { Visible } from '../../access/declare.ts';
import { OWNER_IN_PERSON } from '../../access/rules.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime } from '../../scalars/scalars.ts';

export const ApiKeyScope = enumOf('ApiKeyScope', 'What an API key may do.', {
  READ: 'Read everything of yours (`read`).',
  STRATEGIES_WRITE: 'Make, change and delete strategies (`strategies:write`).',
  BACKTESTS_RUN: 'Import history, run and cancel backtests (`backtests:run`).',
  AGENTS_CONTROL: 'Make, start, pause and stop agents and replays (`agents:control`).',
  SIGNALS_SUBMIT: 'Send signals to agents (`signals:submit`); nothing takes them in this version.',
  PAPER_TRADE: 'Place orders in paper portfolios, and make such (`paper:trade`).',
  LIVE_TRADE: 'Place orders with live brokers (`live:trade`).',
  RISK_HALT: 'Pull the kill switch, never release it (`risk:halt`).',
} satisfies Record<ApiScope, string>);

@ObjectType({
  implements: Node,
  description: 'A key by which a program acts for you, within its scopes.',
})
export class ApiKey implements Partial<ApiKeyView> {
  @Visible(OWNER_IN_PERSON, () => String, 'Name for people.')
  name!: string;

  @Visible(OWNER_IN_PERSON, () => String, 'The beginning of the key, to recognise it by.')
  prefix!: string;

  @Visible(OWNER_IN_PERSON, () => [ApiKeyScope], 'What it may do.')
  scopes!: ApiKeyView['scopes'];

  @Visible(OWNER_IN_PERSON, () => [String], 'Addresses and networks it may come from; empty: any.')
  allowedIps!: ApiKeyView['allowedIps'];

  @Visible(OWNER_IN_PERSON, () => DateTime, 'When it ends; null: when it is revoked.', {
    nullable: true,
  })
  expiresAt!: Date | null;

  @Visible(OWNER_IN_PERSON, () => DateTime, 'When it was last used, to the minute; null: never.', {
    nullable: true,
  })
  lastUsedAt!: Date | null;

  @Visible(OWNER_IN_PERSON, () => String, 'Address it was last used from; null: never used.', {
    nullable: true,
  })
  lastIpAddress!: string | null;

  @Visible(OWNER_IN_PERSON, () => DateTime, 'When it was made.')
  createdAt!: Date;

  @Visible(OWNER_IN_PERSON, () => DateTime, 'When it was revoked; null: it was not.', {
    nullable: true,
  })
  revokedAt!: Date | null;
}

export const ApiKeyConnection = connectionOf('ApiKey', () => ApiKey);
