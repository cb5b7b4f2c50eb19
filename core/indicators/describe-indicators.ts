import { indicatorDefinitions } from './catalogue.ts';
import type { IndicatorDefinition } from './indicator.ts';

/** The table of all indicators in Markdown, as docs/indicators.md keeps it. */
export function describeIndicators(): string {
  const rows = [...indicatorDefinitions.values()].map(rowOf);
  return `${introduction}\n${rows.join('\n')}\n`;
}

const introduction = `# Indicators

All indicators, by stream and by column. A rule writes the series first where there is one, then the
parameters in this order; what it leaves out has its default: \`rsi(close, 14)\`, \`atr(14)\`. Of
several outputs it means the first where it names none.

- An average that is smoothed exponentially begins with the first value it is given; Wilder's
  averages begin with the simple mean of their first period. Deviations are those of the population.
- Warm-up is how many bars have no value at the start, with the defaults, one number for each output
  where they differ. A value that does not exist (a division by zero) is none, not zero.
- A bar with a gap in any input has no value, and the indicator begins anew after it. \`vwap\`,
  \`pivot_points\` and \`opening_range\` leave such a bar out and go on.
- Cost is the work a bar, taken over a whole window.
- None knows anything of bars to come.

| Name | What it says | Inputs | Parameters | Outputs | Warm-up | Cost |
| --- | --- | --- | --- | --- | --- | --- |`;

function rowOf(definition: IndicatorDefinition): string {
  const { name, description, inputs, parameters, outputs, isCondition, cost } = definition;
  const settings = parameters.map((parameter) => parameter.default);
  const warmUps = outputs.map((_, output) => definition.warmUp(settings, output));
  const cells = [
    `\`${name}\``,
    `**${definition.title}.** ${description}`,
    inputs.join(', '),
    parameters.map((parameter) => `${parameter.name} = ${parameter.default}`).join(', ') || 'none',
    isCondition ? 'true or false' : outputs.join(', '),
    [...new Set(warmUps)].length === 1 ? String(warmUps[0]) : warmUps.join(', '),
    cost,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
