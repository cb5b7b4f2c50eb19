const parts: readonly (readonly [string, string])[] = [
  ['capital_per_trade 100000', 'Rupees for one entry; required.'],
  ['stop_loss 1.5%', 'Leaves when the close is that far against the entry.'],
  ['take_profit 3%', 'Leaves when the close is that far in favour.'],
  ['max_positions 1', 'Instruments held at once; all of them when left out.'],
  ['product MIS', 'MIS, intraday and squared off by 15:20 IST, or CNC, delivery and long only.'],
  ['long entry when …', 'Also long exit, short entry, short exit. Each entry needs its exit.'],
  ['a crosses_above b', 'Was at or below on the bar before, is above now. Also crosses_below.'],
  ['sma(close, 10)', 'Also ema and rsi, of any series and length.'],
  ['open high low close volume', 'The series of the bar.'],
  ['and or not ( )', 'Join conditions; < <= > >= == != compare, + - * / compute.'],
  ['# a note', 'Runs to the end of the line.'],
];

/** The rule language on one page. */
export function LanguageHelp() {
  return (
    <dl className="flex flex-col gap-2 text-sm">
      {parts.map(([form, meaning]) => (
        <div key={form}>
          <dt className="font-mono text-xs text-accent">{form}</dt>
          <dd className="text-xs text-ink-soft">{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
