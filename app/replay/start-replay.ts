import { controlReplay, type ControlPorts, type ReplayReference } from './control-replay.ts';

/**
 * Starts a session, or goes on with a paused one from where it stopped. Portfolios that follow no
 * market, or are flat in one that has ended, follow this one, so that orders can be placed by hand.
 */
export function startReplay(ports: ControlPorts, reference: ReplayReference) {
  return controlReplay(ports, reference, {
    from: ['READY', 'PAUSED', 'ERROR'],
    to: 'RUNNING',
    event: 'REPLAY_STARTED',
    also: async (rows, session) => {
      await rows.feeds.adoptPortfolios(session.userId, session.id, ports.clock.now());
      return [];
    },
    refusal: 'Only a replay that is ready or paused can be started; restart one that has ended.',
  });
}
