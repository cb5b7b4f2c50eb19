import { useFetcher } from '@remix-run/react';

import { Button } from '../components/button.tsx';
import { controlClass } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { useInBrowser } from '../components/use-in-browser.ts';
import type { FormFailure } from '../form-failure.ts';
import type { ReplayState } from '../generated/graphql.ts';
import { speedName } from './replay-clock.tsx';

const speeds = ['1', '10', '60', '300', '1000', 'max'] as const;

/** The speeds to choose from, as options of a select. */
export function SpeedOptions() {
  return speeds.map((speed) => (
    <option key={speed} value={speed}>
      {speedName(speed === 'max' ? null : speed)}
    </option>
  ));
}

/**
 * Start, pause, speed, restart and stop of one replay; only what its state allows. Without a script, a
 * button sends the speed.
 */
export function ReplayControls({
  replay,
}: {
  readonly replay: {
    readonly id: string;
    readonly name: string;
    readonly state: ReplayState;
    readonly speed?: string | null;
  };
}) {
  const fetcher = useFetcher<{ failure: FormFailure | null }>();
  const inBrowser = useInBrowser();
  const busy = fetcher.state !== 'idle';
  const { state } = replay;
  const ended = state === 'FINISHED' || state === 'STOPPED' || state === 'ERROR';
  const speed =
    replay.speed === null || replay.speed === undefined ? 'max' : String(Number(replay.speed));

  const control = (intent: string, name: string, emphasis?: 'primary' | 'danger') => (
    <Button
      type="submit"
      name="intent"
      value={intent}
      disabled={busy}
      {...(emphasis && { emphasis })}
      aria-label={`${name} ${replay.name}`}
    >
      {name}
    </Button>
  );

  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <fetcher.Form method="post" action="/replays" className="flex flex-wrap gap-2">
          <input type="hidden" name="id" value={replay.id} />
          {(state === 'READY' || state === 'PAUSED') &&
            control('start', state === 'PAUSED' ? 'Resume' : 'Start', 'primary')}
          {state === 'RUNNING' && control('pause', 'Pause')}
          {state !== 'READY' && control('restart', 'Restart')}
          {!ended && state !== 'READY' && control('stop', 'Stop', 'danger')}
        </fetcher.Form>
        {!ended && (
          <fetcher.Form
            method="post"
            action="/replays"
            className="flex gap-2"
            onChange={(event) => {
              fetcher.submit(event.currentTarget);
            }}
          >
            <input type="hidden" name="id" value={replay.id} />
            <input type="hidden" name="intent" value="speed" />
            <select
              key={speed}
              name="speed"
              aria-label={`Speed of ${replay.name}`}
              autoComplete="off"
              defaultValue={speed}
              className={controlClass}
            >
              {!speeds.some((each) => each === speed) && (
                <option value={speed}>{speedName(speed)}</option>
              )}
              <SpeedOptions />
            </select>
            {!inBrowser && (
              <Button type="submit" aria-label={`Set this speed for ${replay.name}`}>
                Set
              </Button>
            )}
          </fetcher.Form>
        )}
      </div>
      {fetcher.data?.failure && <Notice tone="failure">{fetcher.data.failure.message}</Notice>}
    </div>
  );
}
