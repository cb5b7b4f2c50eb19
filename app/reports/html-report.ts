import { checkNames, verdictNames, type BiasFinding } from '@nandax/core/bias/bias-findings.ts';
import { linesChart, type Line } from './html-chart.ts';
import type { ReportPage, ReportTrade } from './report-page.ts';

const style = `
:root{color-scheme:light dark;--ink:#1b2430;--soft:#5d6b7c;--line:#d8dee6;--paper:#fff;--card:#f6f8fa;--one:#0b63ce;--two:#8a94a1;--loss:#c62f2f;--gain:#1a7f4b;--care:#8a5a00}
@media(prefers-color-scheme:dark){:root{--ink:#e6ebf1;--soft:#9aa7b5;--line:#313b47;--paper:#12171d;--card:#1a212a;--one:#6cb0ff;--two:#7d8894;--loss:#ff7b72;--gain:#4cc38a;--care:#e3b341}}
body{margin:0 auto;max-width:1100px;padding:24px;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
h1{font-size:22px;margin:0}h2{font-size:16px;margin:28px 0 8px}p{color:var(--soft);margin:4px 0}
svg{display:block;width:100%;height:auto;background:var(--card);border-radius:8px}svg text{fill:var(--soft);font:11px system-ui,sans-serif}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));border:1px solid var(--line);border-radius:8px;overflow:hidden}
.grid div{box-shadow:0 0 0 .5px var(--line);padding:8px 12px}.grid dt{color:var(--soft);font-size:12px}.grid dd{margin:0;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto;max-height:560px}table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
th,td{padding:4px 8px;text-align:right;vertical-align:top;white-space:nowrap;border-bottom:1px solid var(--line)}th{color:var(--soft);font-weight:500;position:sticky;top:0;background:var(--paper)}
td:first-child,th:first-child{text-align:left}td.words{text-align:left;white-space:normal;min-width:180px;color:var(--soft)}.loss{color:var(--loss)}.gain{color:var(--gain)}.care{color:var(--care)}`;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A page of its own with charts and tables; it loads nothing, and is light or dark as its reader is. Its
 * policy forbids scripts, so that no name in it could become one.
 */
export function htmlReport(page: ReportPage): string {
  const { title, notes, curves, findings } = page;
  const equity: Line[] = [{ name: 'Equity', values: curves.equity, colour: 'var(--one)' }];
  if (curves.benchmark !== null) {
    equity.push({ name: 'Benchmark', values: curves.benchmark, colour: 'var(--two)' });
  }
  const drawdown: Line[] = [
    {
      name: 'Drawdown in percent',
      values: curves.drawdown.map((part) => part * 100),
      colour: 'var(--loss)',
    },
  ];
  const charts =
    curves.time.length === 0
      ? ''
      : `<h2>Equity</h2>${linesChart(equity, curves.time)}
<h2>Drawdown</h2>${linesChart(drawdown, curves.time)}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none';style-src 'unsafe-inline'">
<title>${safe(title)}</title><style>${style}</style></head><body>
<h1>${safe(title)}</h1>
${notes.map((note) => `<p>${safe(note)}</p>`).join('\n')}
${charts}
${page.groups.map(figuresList).join('\n')}
${findings.length === 0 ? '' : `<h2>Can it be trusted?</h2>${findingsTable(findings)}`}
<h2>Monthly returns, percent</h2>${heatMap(page.monthlyReturns)}
<h2>Trades</h2>${tradesTable(page.trades)}
</body></html>
`;
}

function figuresList({ title, figures }: ReportPage['groups'][number]): string {
  const cells = figures.map(
    ({ label, value }) => `<div><dt>${safe(label)}</dt><dd>${safe(value)}</dd></div>`,
  );
  return `<h2>${safe(title)}</h2><dl class="grid">${cells.join('')}</dl>`;
}

const verdictTones = { SOUND: 'gain', DOUBTFUL: 'care', FAILED: 'loss', UNKNOWN: '' } as const;

function findingsTable(findings: readonly BiasFinding[]): string {
  const rows = findings.map(
    ({ check, verdict, text }) =>
      `<tr><td>${checkNames[check]}</td><td class="${verdictTones[verdict]}">${verdictNames[verdict]}</td><td class="words">${safe(text)}</td></tr>`,
  );
  return `<div class="scroll"><table><tbody>${rows.join('')}</tbody></table></div>`;
}

function heatMap(returns: Readonly<Record<string, number>>): string {
  const years = [...new Set(Object.keys(returns).map((month) => month.slice(0, 4)))];
  const rows = years.map((year) => {
    const all = months.map((_, index) => returns[`${year}-${String(index + 1).padStart(2, '0')}`]);
    const known = all.filter((value) => value !== undefined);
    const total = known.reduce((growth, value) => growth * (1 + value), 1) - 1;
    return `<tr><td>${year}</td>${[...all, total].map(heatCell).join('')}</tr>`;
  });
  const head = ['Year', ...months, 'Year'].map((name) => `<th>${name}</th>`).join('');
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function heatCell(value: number | undefined): string {
  if (value === undefined) return '<td></td>';
  const colour = value < 0 ? 'var(--loss)' : 'var(--gain)';
  const strength = Math.min(60, Math.round(Math.abs(value) * 400));
  return `<td style="background:color-mix(in srgb,${colour} ${strength}%,transparent)">${(value * 100).toFixed(1)}</td>`;
}

function tradesTable(trades: readonly ReportTrade[]): string {
  const head = [
    'Instrument',
    'Size',
    'Entry',
    'Exit',
    'In at',
    'Out at',
    'Gain',
    'Charges',
    'Percent',
  ]
    .map((name) => `<th>${name}</th>`)
    .join('');
  const rows = trades.map((trade) => {
    const tone = trade.pnl < 0 ? 'loss' : 'gain';
    const cells = [
      safe(trade.instrument),
      String(trade.size),
      trade.entryTime.slice(0, 16).replace('T', ' '),
      trade.exitTime.slice(0, 16).replace('T', ' '),
      trade.entryPrice.toFixed(2),
      trade.exitPrice.toFixed(2),
    ].map((text) => `<td>${text}</td>`);
    const told = [trade.entryReason, trade.exitReason].filter((reason) => reason !== '');
    const reasons = `<td class="words">${safe(told.join('; '))}</td>`;
    return `<tr>${cells.join('')}<td class="${tone}">${trade.pnl.toFixed(2)}</td><td>${trade.commission.toFixed(2)}</td><td class="${tone}">${(trade.returnPct * 100).toFixed(2)}</td>${reasons}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr>${head}<th style="text-align:left">Reasons</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function safe(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
