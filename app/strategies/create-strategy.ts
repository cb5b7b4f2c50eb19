import type { TimeFrame } from '@nandax/core/market/time-frame.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import type { InvalidInput, NotFound } from '../failures.ts';
import type { Bus } from '../ports/bus.ts';
import type { Json } from '../ports/events.ts';
import type { StrategyStore, StrategyType } from '../ports/strategies.ts';
import type { Clock, IdSource } from '../ports/world.ts';
import { checkTierLimit, type TierLimitReached } from '../tiers/check-tier-limit.ts';
import {
  checkDocument,
  checkInstruments,
  checkName,
  findReferences,
  type InvalidRules,
} from './strategy-input.ts';

export interface CreateStrategyPorts {
  readonly strategies: StrategyStore;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export interface CreateStrategyInput {
  readonly actor: AccountActor;
  readonly name: string;
  readonly type: StrategyType;
  readonly timeFrame: TimeFrame;
  readonly instrumentIds: readonly string[];
  readonly document: string;
  readonly configuration: Json;
}

/** Makes a strategy with its first version, as a draft. */
export async function createStrategy(
  { strategies, clock, ids, bus }: CreateStrategyPorts,
  input: CreateStrategyInput,
): Promise<
  Result<{ readonly id: string }, InvalidRules | InvalidInput | NotFound | TierLimitReached>
> {
  const name = checkName(input.name);
  if (!name.ok) return name;
  const rules = checkDocument(input.document, input.timeFrame);
  if (!rules.ok) return rules;

  const id = ids.uuid();
  const createdAt = clock.now();
  const { actor, timeFrame, type } = input;
  const created = await strategies.transaction(async (rows) => {
    const { userId } = actor;
    const refusal =
      (await checkInstruments(rows.strategies, input.instrumentIds, userId)) ??
      (await checkTierLimit(rows, userId, 'strategies', createdAt));
    if (refusal !== null) return fail(refusal);
    const { document: text, instrumentIds } = input;
    const asked = { text, instrumentIds, userId };
    const references = await findReferences(rows.strategies, rules.value, asked);
    if (!references.ok) return references;
    await rows.strategies.insert({ id, userId, name: name.value, type, createdAt });
    await rows.strategies.insertVersion({
      id: ids.uuid(),
      strategyId: id,
      number: 1,
      timeFrame,
      document: input.document,
      references: references.value,
      configuration: input.configuration,
      instrumentIds: input.instrumentIds,
      createdAt,
    });
    await rows.audit.append(
      [
        {
          chain: userId,
          action: 'STRATEGY_CREATED',
          actor,
          entity: 'Strategy',
          entityId: id,
          after: { name: name.value, type, timeFrame, version: 1 },
        },
      ],
      createdAt,
    );
    return succeed({ id });
  });
  if (created.ok) await bus.publish('audit', {});
  return created;
}
