import { expect, it } from 'vitest';
import { parseStrategy } from '@nandax/core/strategy/parse-strategy.ts';
import { rulesWithParameters } from './rules-with-parameters.ts';

const rules = `# Two averages.
fast   = 10 in 5..50 step 5
slow = 30 in 10..100 step 10   # the calm one
loss = 2.5 in 0.5..5 step 0.5
equity_per_trade 100%
stop_loss loss%
long entry when sma(close, fast) crosses_above sma(close, slow)
long exit when sma(close, fast) < sma(close, slow)
`;

it('changes the values and nothing else', () => {
  expect(
    rulesWithParameters(
      rules,
      new Map([
        ['fast', 25],
        ['loss', 0.5],
      ]),
    ),
  ).toBe(rules.replace('= 10 in', '= 25 in').replace('= 2.5 in', '= 0.5 in'));
});

it('is not led astray by a comment', () => {
  const text = `# fast = 3 was too quick\n${rules}`;
  const changed = parseStrategy(rulesWithParameters(text, new Map([['fast', 25]])));
  expect(changed.ok && changed.value.parameters.map(({ value }) => value)).toEqual([25, 30, 2.5]);
});
