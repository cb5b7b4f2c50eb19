import type { DifferenceKind } from '@nandax/core/reconciliation/compare-account.ts';
import type { NotificationRecord } from '../ports/notifications.ts';
import type { FindingRecord } from '../ports/readings.ts';
import type { StoreTransaction } from '../ports/store.ts';

const titles: Readonly<Record<DifferenceKind, string>> = {
  ORDER_UNKNOWN_TO_US: 'The broker has an order that did not come from here',
  ORDER_ABSENT_AT_BROKER: 'The broker does not show an order of yours',
  ORDER_DIFFERS: 'The broker shows an order of yours otherwise',
  POSITION_DIFFERS: 'The broker holds another quantity for you',
  AVAILABLE_FUNDS_DIFFER: 'The broker names other available funds',
  UTILISED_FUNDS_DIFFER: 'The broker names other utilised funds',
};

/** What its user reads of a finding, with the numbers of both sides. */
export async function noteOfFinding(
  rows: Pick<StoreTransaction, 'runs'>,
  { kind, instrumentId, product, brokerOrderId, ours, brokers }: FindingRecord,
): Promise<Pick<NotificationRecord, 'level' | 'title' | 'body'>> {
  const instrument = instrumentId === null ? null : await rows.runs.findInstrument(instrumentId);
  const what = [
    instrument?.tradingSymbol ?? null,
    product,
    brokerOrderId === null ? null : `order ${brokerOrderId}`,
  ].filter((word) => word !== null);
  const subject = what.length === 0 ? '' : `${what.join(' ')}: `;
  const body = `${subject}here ${wordsOf(ours)}, at the broker ${wordsOf(brokers)}.`;
  return { level: 'ERROR', title: titles[kind], body };
}

function wordsOf({ status, quantity, amount }: FindingRecord['ours']): string {
  const words = [
    status,
    quantity?.toFixed(),
    amount === null ? null : `${amount.toFixed(2)} rupees`,
  ];
  const said = words.filter((word) => word != null);
  return said.length === 0 ? 'none' : said.join(' ');
}
