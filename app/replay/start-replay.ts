import { controlReplay, type ControlPorts, type ReplayReference } from './control-replay.ts';

/** Starts a session, or goes on with a paused one from where it stopped. */
export function startReplay(ports: ControlPorts, reference: ReplayReference) {
  return controlReplay(ports, reference, {
    from: ['READY', 'PAUSED', 'ERROR'],
    to: 'RUNNING',
    event: 'REPLAY_STARTED',
    refusal: 'Only a replay that is ready or paused can be started; restart one that has ended.',
  });
}
