import type { OrderRecord, OrderSource } from '../ports/orders.ts';
import type { RunRows } from '../ports/runs.ts';

/** Whose order it was, of orders that no rule asked for. */
const hands: Readonly<Record<OrderSource, string>> = {
  USER: 'by hand',
  API_KEY: 'by an API key',
  AGENT: 'by an agent',
  WEBHOOK: 'by a webhook',
  SQUARE_OFF: 'a square-off that came late',
  KILL_SWITCH: 'a kill switch that came late',
  PROTECTIVE_STOP: 'a protective stop that came late',
  GTT: 'a GTT was triggered',
};

/**
 * Why an order entered, in words and numbers: what its agent's decision said of it, as backtests say
 * it too, else whose order it was.
 */
export async function entryReasonOf(
  runs: Pick<RunRows, 'signalsOfDecision'>,
  { agentDecisionId, instrumentId, intent, side, source }: OrderRecord,
): Promise<string> {
  if (agentDecisionId === null) return hands[source];
  const signals = (await runs.signalsOfDecision(agentDecisionId)).filter(
    (signal) => signal.instrumentId === instrumentId && signal.side === side,
  );
  // One decision may leave and enter on one side: it turns a position round.
  const entry = signals.find(({ action }) => action === 'ENTER_LONG' || action === 'ENTER_SHORT');
  const told = entry ?? signals.find(({ reason }) => reason === intent);
  return told?.text ?? hands[source];
}
