import { endRunsOnFeed } from '../agents/end-runs-on-feed.ts';
import { controlReplay, type ControlPorts, type ReplayReference } from './control-replay.ts';

/** Ends a session for good, and the runs on it. Open positions stay in their portfolios. */
export function stopReplay(ports: ControlPorts, reference: ReplayReference) {
  return controlReplay(ports, reference, {
    from: ['READY', 'RUNNING', 'PAUSED', 'ERROR'],
    to: 'STOPPED',
    event: 'REPLAY_STOPPED',
    refusal: 'This replay has already ended.',
    also: (rows, session) =>
      endRunsOnFeed(rows, session.id, 'The replay was stopped.', ports.clock.now()),
  });
}
