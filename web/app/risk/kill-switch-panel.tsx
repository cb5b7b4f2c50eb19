import { useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';

import { Badge } from '../components/badge.tsx';
import { classNames } from '../components/class-names.ts';
import { Confirm, ConfirmActions } from '../components/confirm.tsx';
import { ExchangeTime } from '../components/exchange-time.tsx';
import { TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { useForm } from '../components/use-form.ts';
import { fieldError, formError } from '../form-failure.ts';
import type { ScopeRiskFragment } from '../generated/graphql.ts';
import type { RiskAnswer } from './change-risk.server.ts';
import { nameOfScope } from './limit-terms.ts';

/** While a kill switch flattens, the screen looks again this often. */
const lookAgainMs = 1_000;

/** The kill switch of one scope: what it will do, what it did, and the way back. */
export function KillSwitchPanel({ risk }: { readonly risk: ScopeRiskFragment }) {
  const { killSwitch, scope } = risk;
  const name = nameOfScope(scope, risk.name);
  useLookAgain(killSwitch?.state === 'REDUCING');
  return (
    <section
      aria-label={`Kill switch: ${name}`}
      className={classNames(
        'flex flex-col gap-3 rounded-lg border-2 p-4 sm:flex-row sm:items-center sm:justify-between',
        killSwitch == null ? 'border-rule bg-sheet' : 'border-loss bg-loss-soft',
      )}
    >
      <div className="min-w-0">
        <h3 className="flex flex-wrap items-center gap-2 text-base font-semibold">
          {name}
          <State state={risk.tradingState} />
        </h3>
        {killSwitch == null ? (
          <p className="max-w-prose text-sm text-ink-soft">{stateInWords[risk.tradingState]}</p>
        ) : (
          <Pulled killSwitch={killSwitch} />
        )}
      </div>
      {killSwitch == null ? <Pull risk={risk} name={name} /> : <Release risk={risk} name={name} />}
    </section>
  );
}

const stateInWords = {
  ACTIVE: 'Orders pass to the limits.',
  REDUCING: 'The account was closed: orders may only reduce what is held.',
  HALTED: 'No order passes; cancels do.',
} as const;

function State({ state }: { readonly state: ScopeRiskFragment['tradingState'] }) {
  if (state === 'ACTIVE') return <Badge tone="good">Trading</Badge>;
  if (state === 'REDUCING') return <Badge tone="caution">Only reducing</Badge>;
  return <Badge tone="bad">Halted</Badge>;
}

function Pulled({
  killSwitch,
}: {
  readonly killSwitch: NonNullable<ScopeRiskFragment['killSwitch']>;
}) {
  const { state, reason, changedAt, agents, workingOrders, openPositions, portfolios } = killSwitch;
  const { unreadAccounts } = killSwitch;
  return (
    <div role="status" className="text-sm">
      <p className="font-medium">
        {state === 'HALTED'
          ? 'All is flat. No order passes until you release it.'
          : `Leaving: ${openPositions} positions, ${workingOrders} orders and ${agents} agents are left in ${portfolios} portfolios.`}
      </p>
      {state === 'REDUCING' && unreadAccounts > 0 && (
        <p>
          {`${unreadAccounts} live ${unreadAccounts === 1 ? 'account waits' : 'accounts wait'} for the broker: nothing counts as flat before its books were read and agree.`}
        </p>
      )}
      <p className="text-ink-soft">
        {reason} · since <ExchangeTime value={changedAt} label />
      </p>
    </div>
  );
}

interface Pulling {
  readonly risk: ScopeRiskFragment;
  readonly name: string;
}

/** Asks once, and says what will happen. */
function Pull({ risk, name }: Pulling) {
  const { Form, ref, answer, busy } = useForm<RiskAnswer>(`pull ${risk.id}`);
  const failure = answer?.failure;
  const general = formError(failure, ['reason']);
  return (
    <Confirm
      opener="Kill switch"
      of={name}
      title={`Stop everything: ${name}?`}
      closeOn={answer?.pulled}
    >
      <Form ref={ref} method="post" className="flex flex-col gap-3">
        <ol className="list-decimal pl-5 text-ink-soft">
          <li>Every order that would open a position is refused from now on.</li>
          <li>Agents are stopped. They do not start again by themselves.</li>
          <li>Working orders are cancelled.</li>
          <li>Open positions are left at the market, whatever the price.</li>
          <li>When all is flat, trading is halted until it is released.</li>
        </ol>
        {general !== undefined && <Notice tone="failure">{general}</Notice>}
        <Target risk={risk} />
        <TextField
          label="Why"
          name="reason"
          required
          maxLength={200}
          autoComplete="off"
          error={fieldError(failure, 'reason')}
        />
        <ConfirmActions value="pull" busy={busy}>
          Stop everything
        </ConfirmActions>
      </Form>
    </Confirm>
  );
}

function Release({ risk, name }: Pulling) {
  const { Form, ref, answer, busy } = useForm<RiskAnswer>(`release ${risk.id}`);
  const general = formError(answer?.failure);
  return (
    <Confirm
      opener="Release"
      of={name}
      emphasis="secondary"
      title={`Let it trade again: ${name}?`}
      closeOn={answer?.released}
    >
      <Form ref={ref} method="post" className="flex flex-col gap-3">
        <p className="text-ink-soft">
          Orders pass to the limits again. Agents stay stopped and cancelled orders stay away: each
          has to be started by its own act.
        </p>
        {general !== undefined && <Notice tone="failure">{general}</Notice>}
        <Target risk={risk} />
        <ConfirmActions value="release" emphasis="primary" busy={busy}>
          Release
        </ConfirmActions>
      </Form>
    </Confirm>
  );
}

function Target({ risk: { scope, subjectId } }: { readonly risk: ScopeRiskFragment }) {
  return (
    <>
      <input type="hidden" name="scope" value={scope} />
      <input type="hidden" name="subject" value={subjectId ?? ''} />
    </>
  );
}

/** Reads the screen again and again as long as something is under way. */
function useLookAgain(underWay: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!underWay) return;
    const timer = setInterval(() => revalidate(), lookAgainMs);
    return () => clearInterval(timer);
  }, [underWay, revalidate]);
}
