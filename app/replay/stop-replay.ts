import { readBookingRates } from '../orders/booking-rates.ts';
import { controlReplay, type EndingPorts, type ReplayReference } from './control-replay.ts';
import { settleFeed } from './settle-feed.ts';

/** Ends a session for good, its runs and its orders. Open positions stay in their portfolios. */
export async function stopReplay(ports: EndingPorts, reference: ReplayReference) {
  const rates = await readBookingRates(ports.history);
  return controlReplay(ports, reference, {
    from: ['READY', 'RUNNING', 'PAUSED', 'ERROR'],
    to: 'STOPPED',
    event: 'REPLAY_STOPPED',
    refusal: 'This replay has already ended.',
    also: (rows, session) =>
      settleFeed(rows, ports, session, {
        reason: 'The replay was stopped.',
        runs: 'STOPPED',
        rates,
        at: ports.clock.now(),
      }),
  });
}
