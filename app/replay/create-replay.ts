import { wholeModelOf, type FillModel } from '@nandax/core/exchange/fill-model.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { invalidInput, notFound, type InvalidInput, type NotFound } from '../failures.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { ReplaySessionRecord } from '../records.ts';
import { refuseFillModel } from './refuse-fill-model.ts';
import { replayEvent } from './replay-event.ts';
import { checkSpeed } from './replay-speed.ts';

export interface CreateReplayInput {
  readonly userId: string;
  readonly name: string;
  readonly datasetId: string;
  /** Empty: every instrument of the dataset. */
  readonly instrumentIds: readonly string[];
  /** Null: from the dataset's first or to its last record. `to` is not itself replayed. */
  readonly from: Date | null;
  readonly to: Date | null;
  /** Multiple of real time; null: as fast as possible. */
  readonly speed: number | null;
  readonly seed: number;
  /** How orders fill on it; left out: as the parts' defaults say. */
  readonly fillModel?: FillModel;
}

/** Makes a replay session over recorded history, ready to start. */
export async function createReplay(
  ports: Pick<TradingPorts, 'store' | 'ids' | 'clock' | 'bus'>,
  input: CreateReplayInput,
): Promise<Result<ReplaySessionRecord, InvalidInput | NotFound>> {
  const name = input.name.trim();
  if (name === '') return fail(invalidInput('name', 'A replay needs a name.'));
  const badSpeed = checkSpeed(input.speed);
  if (badSpeed !== null) return fail(badSpeed);
  const badModel = refuseFillModel(input.fillModel ?? {});
  if (badModel !== null) return fail(badModel);

  const created = await ports.store.transaction(async (rows) => {
    const dataset = await rows.runs.dataset(input.datasetId, input.userId);
    if (dataset === null) return fail(notFound('Dataset', input.datasetId));
    if (dataset.from === null || dataset.to === null) {
      return fail(invalidInput('datasetId', 'The dataset is empty.'));
    }
    const instrumentIds =
      input.instrumentIds.length > 0 ? [...new Set(input.instrumentIds)] : dataset.instrumentIds;
    const stranger = instrumentIds.find((id) => !dataset.instrumentIds.includes(id));
    if (stranger !== undefined) return fail(notFound('Instrument', stranger));
    const rangeFrom = input.from ?? dataset.from;
    const rangeTo = input.to ?? dataset.to;
    if (rangeFrom >= rangeTo) {
      return fail(
        invalidInput('to', `The range must end after it begins, at ${rangeFrom.toISOString()}.`),
      );
    }

    const session: ReplaySessionRecord = {
      id: ports.ids.uuid(),
      userId: input.userId,
      name,
      datasetId: dataset.id,
      datasetKind: dataset.kind,
      instrumentIds,
      rangeFrom,
      rangeTo,
      speed: input.speed,
      seed: input.seed,
      fillModel: wholeModelOf(input.fillModel ?? {}),
      state: 'READY',
      stateReason: null,
      cursor: null,
      droppedTicks: 0,
      createdAt: ports.clock.now(),
    };
    await rows.feeds.insertReplay(session);
    await rows.events.append(
      session.userId,
      [replayEvent(session, 'REPLAY_CREATED')],
      session.createdAt,
    );
    return succeed(session);
  });
  if (created.ok) await ports.bus.publish('outbox', {});
  return created;
}
