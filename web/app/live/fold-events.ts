import type { AccountEvent } from './account-stream.ts';
import { mergeEntities } from './merge-entities.ts';

/** Data that says how far the account's events had come when it was read. */
export interface Dated {
  readonly eventSequence: string;
}

/**
 * Lays events over a screen's data, in their order: what they carry in its newest version, and what
 * `insert` makes of them. One that the data holds already would set it back, and is passed over.
 */
export function foldEvents<Screen extends Dated>(
  screen: Screen,
  events: readonly AccountEvent[],
  insert: (screen: Screen, event: AccountEvent) => Screen,
): Screen {
  const newer = events.filter((event) => isNewer(event, screen));
  return newer.reduce(insert, mergeEntities(screen, newer.flatMap(entitiesOf)));
}

/** A live mark has no sequence; it is newer than anything that was loaded before it came. */
function isNewer({ sequence }: AccountEvent, { eventSequence }: Dated): boolean {
  return sequence === null || BigInt(sequence) > BigInt(eventSequence);
}

/** The entities that an event carries in their newest version. */
function entitiesOf(event: AccountEvent): readonly { readonly id: string }[] {
  switch (event.__typename) {
    case 'OrderUpdate':
      return [event.order];
    case 'TradeUpdate':
      return [event.trade];
    case 'GttUpdate':
      return [event.gtt];
    case 'AgentUpdate':
      return event.decision ? [event.agent, event.decision] : [event.agent];
    case 'PortfolioUpdate':
      return [event.portfolio];
    case 'RunUpdate':
      return [event.run];
    case 'OptimisationUpdate':
      return [event.optimisation];
    case 'ReplayUpdate':
      return [event.replaySession];
    case 'NotificationUpdate':
      return [event.notification];
  }
}
