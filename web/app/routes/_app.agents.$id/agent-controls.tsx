import { useFetcher } from '@remix-run/react';

import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { plainName } from '../../format/names.ts';
import type { FormFailure } from '../../form-failure.ts';
import type { AgentScreenQuery, AgentStatus } from '../../generated/graphql.ts';

/** Start on a replay, pause, resume, stop: what the agent's state allows. */
export function AgentControls({
  agent,
  replays,
}: {
  readonly agent: { readonly status: AgentStatus; readonly statusReason?: string | null };
  readonly replays: AgentScreenQuery['replaySessions']['nodes'];
}) {
  const fetcher = useFetcher<{ failure: FormFailure | null }>();
  const busy = fetcher.state !== 'idle';
  const atWork = agent.status === 'RUNNING' || agent.status === 'PAUSED';
  const open = replays.filter(
    ({ state }) => state !== 'FINISHED' && state !== 'STOPPED' && state !== 'ERROR',
  );
  return (
    <fetcher.Form method="post" aria-label="Agent control" className="flex flex-col gap-3">
      {agent.statusReason && <p className="text-sm text-ink-soft">{agent.statusReason}</p>}
      {fetcher.data?.failure && <Notice tone="failure">{fetcher.data.failure.message}</Notice>}
      {atWork ? (
        <>
          <div className="flex flex-wrap gap-2">
            {/* Keyed, so that a finger on the one never ends up on the other that took its place. */}
            {agent.status === 'RUNNING' ? (
              <Button key="pause" type="submit" name="intent" value="pause" disabled={busy}>
                Pause agent
              </Button>
            ) : (
              <Button
                key="resume"
                type="submit"
                name="intent"
                value="resume"
                emphasis="primary"
                disabled={busy}
              >
                Resume agent
              </Button>
            )}
            <Button type="submit" name="intent" value="stop" emphasis="danger" disabled={busy}>
              Stop agent
            </Button>
          </div>
          <label className="flex items-center gap-2 text-sm">
            <input type="checkbox" name="exitPositions" defaultChecked className="accent-accent" />
            On stop, exit all its positions
          </label>
        </>
      ) : open.length === 0 ? (
        <p className="text-sm text-ink-soft">
          An agent starts on a replay of the market, and every replay has ended.{' '}
          <TextLink to="/replays">Create a replay</TextLink>
        </p>
      ) : (
        <>
          <SelectField
            label="Replay"
            name="replaySessionId"
            hint="The market it trades on. Start the replay after the agent, so that it misses nothing."
          >
            {open.map(({ id, name, state }) => (
              <option key={id} value={id}>
                {`${name}, ${plainName(state).toLowerCase()}`}
              </option>
            ))}
          </SelectField>
          <Button type="submit" name="intent" value="start" emphasis="primary" disabled={busy}>
            Start agent
          </Button>
        </>
      )}
    </fetcher.Form>
  );
}
