import { isDeepStrictEqual } from 'node:util';
import type { TimeFrame } from '@nandax/core/market/time-frame.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import { notFound, type InvalidInput, type NotFound } from '../failures.ts';
import type { Json } from '../ports/events.ts';
import type { StrategyStatus, StrategyType } from '../ports/strategies.ts';
import type { CreateStrategyPorts } from './create-strategy.ts';
import {
  checkDocument,
  checkInstruments,
  checkName,
  findReferences,
  type InvalidRules,
} from './strategy-input.ts';

/** What to change; null leaves it as it is. */
export interface UpdateStrategyInput {
  readonly actor: AccountActor;
  readonly strategyId: string;
  readonly name: string | null;
  readonly type: StrategyType | null;
  readonly status: StrategyStatus | null;
  readonly timeFrame: TimeFrame | null;
  readonly instrumentIds: readonly string[] | null;
  readonly document: string | null;
  readonly configuration: Json;
}

/**
 * Changes a strategy. Name, type and status are the strategy's own; another document, time frame,
 * instrument list or configuration makes a new version, and runs keep theirs.
 */
export async function updateStrategy(
  { strategies, clock, ids, bus }: CreateStrategyPorts,
  input: UpdateStrategyInput,
): Promise<Result<{ readonly id: string }, InvalidRules | InvalidInput | NotFound>> {
  const now = clock.now();
  const { userId } = input.actor;
  const updated = await strategies.transaction(async ({ strategies: rows, audit }) => {
    const strategy = await rows.lock(input.strategyId, userId);
    if (strategy === null) return fail(notFound('Strategy', input.strategyId));
    const name = checkName(input.name ?? strategy.name);
    if (!name.ok) return name;

    const { version } = strategy;
    const rules = {
      timeFrame: input.timeFrame ?? version.timeFrame,
      document: input.document ?? version.document,
      configuration: input.configuration ?? version.configuration,
      instrumentIds: input.instrumentIds ?? version.instrumentIds,
    };
    const { timeFrame, document, configuration, instrumentIds } = version;
    const isNewVersion = !isDeepStrictEqual(rules, {
      timeFrame,
      document,
      configuration,
      instrumentIds,
    });
    if (isNewVersion) {
      const checked = checkDocument(rules.document, rules.timeFrame);
      if (!checked.ok) return checked;
      const refusal = await checkInstruments(rows, rules.instrumentIds, userId);
      if (refusal !== null) return fail(refusal);
      const asked = { text: rules.document, instrumentIds: rules.instrumentIds, userId };
      const references = await findReferences(rows, checked.value, asked);
      if (!references.ok) return references;
      await rows.insertVersion({
        ...rules,
        id: ids.uuid(),
        strategyId: strategy.id,
        number: version.number + 1,
        references: references.value,
        createdAt: now,
      });
    }
    const change = {
      name: name.value,
      type: input.type ?? strategy.type,
      status: input.status ?? strategy.status,
    };
    await rows.save(strategy.id, change, now);
    await audit.append(
      [
        {
          chain: userId,
          action: 'STRATEGY_CHANGED',
          actor: input.actor,
          entity: 'Strategy',
          entityId: strategy.id,
          before: {
            name: strategy.name,
            type: strategy.type,
            status: strategy.status,
            version: version.number,
          },
          after: { ...change, version: version.number + (isNewVersion ? 1 : 0) },
        },
      ],
      now,
    );
    return succeed({ id: strategy.id });
  });
  if (updated.ok) await bus.publish('audit', {});
  return updated;
}
