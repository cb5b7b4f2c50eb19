import { ObjectType } from 'type-graphql';
import type { AgentDecisionView, AgentView } from '@nandax/app/views/strategy.ts';
import { Visible } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime, Decimal, Quantity } from '../../scalars/scalars.ts';
import { TimeFrame } from '../dataset/candle.ts';
import { Instrument } from '../instrument/instrument.ts';
import { OrderSide } from '../order/order-terms.ts';

export const AgentType = enumOf('AgentType', 'What an agent decides by.', {
  AI_POWERED: 'A model.',
  RULE_BASED: 'The rules of its strategy.',
  HYBRID: 'Rules, confirmed by a model.',
} satisfies Record<AgentView['type'], string>);

export const AgentStatus = enumOf('AgentStatus', 'Where in its life an agent is.', {
  IDLE: 'Made, never started.',
  RUNNING: 'Decides on each closed bar.',
  PAUSED: 'Decides nothing; intraday positions are still squared off.',
  STOPPED: 'Its run has ended.',
  ERROR: 'Its run was ended by a fault; the reason is told.',
} satisfies Record<AgentView['status'], string>);

export const DecisionTrigger = enumOf('DecisionTrigger', 'What made an agent decide.', {
  BAR: 'A bar closed.',
  SQUARE_OFF: 'The intraday session came to its end.',
  STOP: 'The agent was stopped.',
} satisfies Record<AgentDecisionView['trigger'], string>);

export const SignalAction = enumOf('SignalAction', 'What a signal asks for.', {
  ENTER_LONG: 'Buy, to gain from a rise.',
  EXIT_LONG: 'Sell what was bought.',
  ENTER_SHORT: 'Sell, to gain from a fall.',
  EXIT_SHORT: 'Buy back what was sold.',
});

@ObjectType({
  implements: Node,
  description: 'Trades a strategy in a portfolio, deciding on each closed bar while it runs.',
})
export class Agent implements Partial<AgentView> {
  @Visible(OWNER, () => String, 'Name for people.')
  name!: string;

  @Visible(OWNER, () => AgentType, 'What it decides by.')
  type!: AgentView['type'];

  @Visible(OWNER, () => AgentStatus, 'Where in its life it is.')
  status!: AgentView['status'];

  @Visible(OWNER, () => String, 'Why it is in this status, where there is more to say.', {
    nullable: true,
  })
  statusReason!: string | null;

  @Visible(OWNER, () => DateTime, 'When it was made.')
  createdAt!: Date;

  @Visible(OWNER, () => DateTime, 'When it last changed.')
  updatedAt!: Date;
}

@ObjectType({ description: 'Something a decision wants done.' })
export class Signal {
  @Visible(WITH_PARENT, () => Instrument, 'With what.')
  instrument!: object;

  @Visible(WITH_PARENT, () => SignalAction, 'What is asked for.')
  action!: string;

  @Visible(WITH_PARENT, () => OrderSide, 'Side of the order that follows.')
  side!: string;

  @Visible(WITH_PARENT, () => Quantity, 'Units.')
  quantity!: object;

  @Visible(
    WITH_PARENT,
    () => String,
    'Why: `RULE`, `STOP_LOSS`, `TAKE_PROFIT`, `SQUARE_OFF` or `STOPPED`.',
  )
  reason!: string;

  @Visible(WITH_PARENT, () => String, 'Why, in words.')
  text!: string;
}

@ObjectType({ description: 'A number that a decision looked at.' })
export class DecisionInput {
  @Visible(WITH_PARENT, () => Instrument, 'Of what.')
  instrument!: object;

  @Visible(WITH_PARENT, () => String, 'The expression of the rules, e.g. `sma(close, 10)`.')
  expression!: string;

  @Visible(WITH_PARENT, () => Decimal, 'Its value on the bar; null: not enough bars yet.', {
    nullable: true,
  })
  value!: number | null;
}

@ObjectType({ implements: Node, description: 'What a run decided at one instant, and why.' })
export class AgentDecision implements Partial<AgentDecisionView> {
  @Visible(OWNER, () => DecisionTrigger, 'What made it decide.')
  trigger!: AgentDecisionView['trigger'];

  @Visible(OWNER, () => TimeFrame, 'Length of the bar.')
  timeFrame!: AgentDecisionView['timeFrame'];

  @Visible(OWNER, () => DateTime, 'When the bar closed, market time.')
  barTime!: Date;

  @Visible(OWNER, () => String, 'Why it decided so, in words.')
  reason!: string;

  @Visible(OWNER, () => DateTime, 'When it was written, by the wall clock.')
  createdAt!: Date;
}

export const AgentConnection = connectionOf('Agent', () => Agent);
export const AgentDecisionConnection = connectionOf('AgentDecision', () => AgentDecision);
