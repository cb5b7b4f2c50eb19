import { ObjectType } from 'type-graphql';
import type { BrokerAccountView } from '@nandax/app/views/account.ts';
import { Visible } from '../../access/declare.ts';
import { OWNER } from '../../access/rules.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime } from '../../scalars/scalars.ts';

export const BrokerName = enumOf('BrokerName', 'Where live orders go.', {
  ZERODHA: 'Zerodha, by Kite Connect.',
} satisfies Record<BrokerAccountView['broker'], string>);

@ObjectType({
  implements: Node,
  description: 'A user’s own access to a broker. Its secrets are kept sealed and never shown.',
})
export class BrokerAccount implements Partial<BrokerAccountView> {
  @Visible(OWNER, () => BrokerName, 'Which broker.')
  broker!: BrokerAccountView['broker'];

  @Visible(OWNER, () => String, 'Name for people.')
  label!: string;

  @Visible(OWNER, () => String, 'The last 4 characters of the API key, to tell it by.')
  apiKeyEnding!: string;

  @Visible(OWNER, () => DateTime, 'When it was connected.')
  createdAt!: Date;
}

export const BrokerAccountConnection = connectionOf('BrokerAccount', () => BrokerAccount);
