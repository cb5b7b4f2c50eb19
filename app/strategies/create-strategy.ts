import type { TimeFrame } from '@nandax/core/market/time-frame.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { InvalidInput, NotFound } from '../failures.ts';
import type { Json } from '../ports/events.ts';
import type { StrategyStore, StrategyType } from '../ports/strategies.ts';
import type { Clock, IdSource } from '../ports/world.ts';
import { checkDocument, checkInstruments, checkName, type InvalidRules } from './strategy-input.ts';

export interface CreateStrategyPorts {
  readonly strategies: StrategyStore;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export interface CreateStrategyInput {
  readonly userId: string;
  readonly name: string;
  readonly type: StrategyType;
  readonly timeFrame: TimeFrame;
  readonly instrumentIds: readonly string[];
  readonly document: string;
  readonly configuration: Json;
}

/** Makes a strategy with its first version, as a draft. */
export async function createStrategy(
  { strategies, clock, ids }: CreateStrategyPorts,
  input: CreateStrategyInput,
): Promise<Result<{ readonly id: string }, InvalidRules | InvalidInput | NotFound>> {
  const name = checkName(input.name);
  if (!name.ok) return name;
  const tree = checkDocument(input.document);
  if (!tree.ok) return tree;

  const id = ids.uuid();
  const createdAt = clock.now();
  return strategies.transaction(async ({ strategies: rows }) => {
    const refusal = await checkInstruments(rows, input.instrumentIds, input.userId);
    if (refusal !== null) return fail(refusal);
    await rows.insert({ id, userId: input.userId, name: name.value, type: input.type, createdAt });
    await rows.insertVersion({
      id: ids.uuid(),
      strategyId: id,
      number: 1,
      timeFrame: input.timeFrame,
      document: input.document,
      tree: tree.value,
      configuration: input.configuration,
      instrumentIds: input.instrumentIds,
      createdAt,
    });
    return succeed({ id });
  });
}
