import { mutate } from '../api.server.ts';
import { text } from '../form.server.ts';
import type { FormFailure } from '../form-failure.ts';
import { failureOf } from '../form-failure.ts';
import {
  PauseReplayDocument,
  RestartReplayDocument,
  SetReplaySpeedDocument,
  StartReplayDocument,
  StopReplayDocument,
} from '../generated/graphql.ts';

/** Carries out a control of a replay; null when it was done. */
export async function controlReplay(request: Request, form: FormData): Promise<FormFailure | null> {
  const input = { id: text(form, 'id') };
  switch (text(form, 'intent')) {
    case 'start':
      return failureOf((await mutate(request, StartReplayDocument, { input })).data.startReplay);
    case 'pause':
      return failureOf((await mutate(request, PauseReplayDocument, { input })).data.pauseReplay);
    case 'restart':
      return failureOf(
        (await mutate(request, RestartReplayDocument, { input })).data.restartReplay,
      );
    case 'stop':
      return failureOf((await mutate(request, StopReplayDocument, { input })).data.stopReplay);
    case 'speed': {
      const speed = speedOf(text(form, 'speed'));
      const { data } = await mutate(request, SetReplaySpeedDocument, {
        input: { ...input, speed },
      });
      return failureOf(data.setReplaySpeed);
    }
    default:
      return { message: 'This replay has no such control.', field: undefined };
  }
}

/** The speed field's value as the contract wants it: null is as fast as possible. */
export function speedOf(value: string): string | null {
  return value === 'max' ? null : value;
}
