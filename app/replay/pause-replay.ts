import { controlReplay, type ControlPorts, type ReplayReference } from './control-replay.ts';

/** Holds a running session after the minute under way; nothing is lost. */
export function pauseReplay(ports: ControlPorts, reference: ReplayReference) {
  return controlReplay(ports, reference, {
    from: ['RUNNING'],
    to: 'PAUSED',
    event: 'REPLAY_PAUSED',
    refusal: 'Only a running replay can be paused.',
  });
}
