import { classNames } from '../../components/class-names.ts';
import { Panel } from '../../components/panel.tsx';
import { TextLink } from '../../components/text-link.tsx';

/** The way from an empty account to an agent that trades. */
export function FirstSteps({
  strategies,
  agents,
}: {
  readonly strategies: boolean;
  readonly agents: boolean;
}) {
  const steps = [
    {
      done: strategies,
      to: '/strategies/new',
      name: 'Write a strategy',
      why: 'from a template, in readable rules',
    },
    {
      done: agents,
      to: '/strategies',
      name: 'Backtest it',
      why: 'on real NSE prices, with real charges',
    },
    {
      done: agents,
      to: '/agents',
      name: 'Let an agent trade it',
      why: 'on paper, on a replayed market',
    },
  ];
  return (
    <Panel title="First steps">
      <ol className="grid gap-3 text-sm sm:grid-cols-3">
        {steps.map((step, index) => (
          <li key={step.name} className="flex gap-3">
            <span
              aria-hidden
              className={classNames(
                'grid size-6 shrink-0 place-items-center rounded-full border text-xs',
                step.done ? 'border-gain text-gain' : 'border-rule-strong text-ink-soft',
              )}
            >
              {step.done ? '✓' : index + 1}
            </span>
            <span>
              <TextLink to={step.to}>{step.name}</TextLink>
              {step.done && <span className="sr-only"> (done)</span>}
              <span className="block text-xs text-ink-soft">{step.why}</span>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
