import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { file, folder, goog, run } from './testing.ts';

const crossing = file(
  'crossing.txt',
  `fast = 9
slow = 20
equity_per_trade 100%
long entry when sma(close, fast) crosses_above sma(close, slow)
long exit when sma(close, fast) crosses_below sma(close, slow)
short entry when sma(close, fast) crosses_below sma(close, slow)
short exit when sma(close, fast) crosses_above sma(close, slow)
`,
);
const kite = file(
  'kite.csv',
  `date,open,high,low,close,volume
2019-07-09T09:15:00+0530,10,12,10,11,100
2019-07-09T09:20:00+0530,11,13,11,12,100
2019-07-09T09:25:00+0530,12,12,9,9,100
`,
);

describe('npm run backtest', () => {
  it('gives the numbers of backtesting.py, with files for people and sheets', () => {
    const [html, csv] = [join(folder, 'run.html'), join(folder, 'run.csv')];
    const result = run(
      'backtest',
      ...['--data', goog, '--strategy', crossing, '--param', 'fast=10', '--cash', '10000'],
      ...['--commission', '0.002', '--convention', 'backtesting-py', '--json'],
      ...['--html', html, '--csv', csv],
    );
    expect([result.status, result.stderr]).toEqual([0, '']);
    const { statistics, trades, rules, parameters } = JSON.parse(result.stdout) as {
      statistics: Record<string, number>;
      trades: unknown[];
      rules: string;
      parameters: Record<string, number>;
    };
    expect(rules).toContain('long entry when sma(close, fast) crosses_above sma(close, slow)');
    expect(parameters).toEqual({ fast: 10, slow: 20 });
    expect(statistics['Equity Final [$]']).toBeCloseTo(56_263.51934, 5);
    expect(trades).toHaveLength(93);
    expect(readFileSync(csv, 'utf8').trimEnd().split('\n')).toHaveLength(94);
    expect(readFileSync(html, 'utf8')).not.toMatch(/(?:src|href)=|https?:/);
  });

  it('examines whether the result deserves trust, the same way for a seed', () => {
    const html = join(folder, 'bias.html');
    const options = ['--data', goog, '--strategy', crossing, '--bias', '--aim', 'roiPercent'];
    const first = run('backtest', ...options, '--seed', '7', '--json', '--html', html);
    expect([first.status, first.stderr]).toEqual([0, '']);
    const { bias } = JSON.parse(first.stdout) as { bias: Record<string, unknown> };
    expect(bias).toMatchObject({
      seed: 7,
      aim: 'roiPercent',
      lookAhead: { cuts: 10, differences: 0 },
      permutation: { permutations: 200 },
      sensitivity: [{ name: 'fast', value: 9 }, { name: 'slow' }],
    });
    expect(run('backtest', ...options, '--seed', '7', '--json').stdout).toBe(first.stdout);
    const page = readFileSync(html, 'utf8');
    expect(page).toContain('Can it be trusted?');
    expect(page).toContain('changed none of');
    expect(run('backtest', ...options).stdout).toMatch(/\nLook-ahead: sound\.\n/);
  });

  it('trades several instruments with the charges of the card, and prints a table', () => {
    const strategy = file(
      'buy.txt',
      'product MIS quantity_per_trade 10 long entry when close > open long exit when close < open',
    );
    const result = run(
      'backtest',
      ...['--data', `NSE:ONE=${kite}`, '--data', `NSE:TWO=${kite}`, '--strategy', strategy],
      ...['--charges', 'zerodha', '--fill', 'close'],
    );
    expect([result.status, result.stderr]).toEqual([0, '']);
    // Bought at 11, sold at 9, ten of each.
    expect(result.stdout).toMatch(/Total trades +2\n/);
    expect(result.stdout).toMatch(/Gross P&L +-40\n/);
    expect(result.stdout).toContain('NSE:TWO');
  });

  const good = ['--data', goog, '--strategy', crossing];
  const bad = file('bad.csv', 'Date,Open,High,Low,Close,Volume\n2020-01-01,1,2,1,x,5\n');
  const later = file('later.csv', 'Date,Open,High,Low,Close\n2030-01-01,1,2,1,2\n');
  const binary = file(
    'binary.csv',
    Buffer.concat([Buffer.from('\0\x1b[2J\u202e'), Buffer.from([0xff, 7])]),
  );
  const wrong = file(
    'wrong.txt',
    'equity_per_trade 100%\nlong entry when smaa(close, 3) > 1 long exit when close < 1',
  );
  it.each([
    [
      ['--data', bad, '--strategy', crossing],
      /bad\.csv:2:5: expected a price above zero, found "x"\n$/,
    ],
    [['--data', 'nowhere.csv', '--strategy', crossing], /^nowhere\.csv: cannot be read\n$/],
    [['--data', goog, '--strategy', wrong], /wrong\.txt:2:17: .*did you mean sma\?\n$/],
    [[...good, '--param', 'quick=3'], /no parameter "quick"/],
    [[...good, '--spread', 'much'], /^--spread much: expected a number\n$/],
    [[...good, '--margin', '2'], /^--margin 2: expected/],
    [[...good, '--fill', 'never'], /^--fill never: expected open or close\n$/],
    [[...good, '--bias', '--aim', 'calm'], /^--aim calm: expected one of sharpeRatio, /],
    [[...good, '--bias', '--seed', '-1'], /^--seed -1: expected a whole number\n$/],
    [[...good, '--from', '2020-13-01'], /^--from 2020-13-01: expected a date/],
    [[...good, '--from', '2030-01-01'], /no bar from/],
    [[...good, '--bogus'], /^error: unknown option '--bogus'\n$/],
    [
      [...good, '--data', goog],
      /^--data .*goog-daily\.csv: NSE:goog-daily is there already; expected another name, NSE:NAME=FILE\n$/,
    ],
    [[...good, '--param', 'fast=1e2'], /expected a name and a plain number, such as fast=10\n$/],
    [[...good, '--benchmark', later], /later\.csv: expected bars before the end of the run\n$/],
    [
      [...good, '--comission', '1'],
      /^error: unknown option '--comission' \(Did you mean --commission\?\)\n$/,
    ],
    [
      ['--data', binary, '--strategy', crossing],
      /^[\x20-\x7e]*binary\.csv:1:1: expected the header Date,.*found "\\x00\\x1b\[2J\\u202e\ufffd\\x07"\n$/,
    ],
    [['--data', goog, '--strategy', binary], /binary\.csv:1:1: /],
    [['--strategy', crossing], /^error: required option '--data <file>' not specified\n$/],
  ])('refuses %j in one line, with exit code 2', (options, line) => {
    const { status, stdout, stderr } = run('backtest', ...options);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd()).not.toMatch(/\p{C}/u);
  });
});

describe('npm run indicators', () => {
  it('prints numbers, null while they warm up, and conditions', () => {
    const numbers = run('indicators', '--data', kite, '--expr', 'sma(close, 2)', '--json');
    expect(JSON.parse(numbers.stdout)).toEqual([null, 11.5, 10.5]);
    const truths = run('indicators', '--data', kite, '--expr', 'close > open', '--json');
    expect(JSON.parse(truths.stdout)).toEqual([true, true, false]);
    const table = run('indicators', '--data', kite, '--expr', 'close[1]');
    expect(table.stdout.split('\n').slice(0, 2)).toEqual([
      '2019-07-09T09:15:00+05:30  -',
      '2019-07-09T09:20:00+05:30  11',
    ]);
  });

  it.each([
    ['sma(close, 2', /^--expr:1:\d+: /],
    ['smaa(close, 2)', /^--expr:1:1: .*did you mean sma\?\n$/],
    ['entry_price', /^--expr: /],
    ['close of "NSE:INFY"', /^--data: the expression reads "NSE:INFY"/],
    ['', /^--expr:1:1: /],
  ])('refuses "%s" in one line, with exit code 2', (expression, line) => {
    const { status, stderr } = run('indicators', '--data', kite, '--expr', expression, '--json');
    expect(status).toBe(2);
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});

describe('npm run optimise', () => {
  const searched = file(
    'searched.txt',
    `fast = 10 in 5..25 step 5
slow = 20 in 10..50 step 10
equity_per_trade 100%
long entry when sma(close, fast) crosses_above sma(close, slow)
long exit when sma(close, fast) crosses_below sma(close, slow)
`,
  );
  const good = ['--data', goog, '--strategy', searched, '--constraint', 'fast < slow'];

  interface Found {
    best: { parameters: Record<string, number>; statistics: Record<string, number> };
    trials: { parameters: { fast: number; slow: number } }[];
    heatMap: { cells: unknown[] };
    walkForward: { windows: unknown[]; equity: { equity: number[] } };
  }

  it('finds what a backtest of the same parameters gives, and walks it forward', () => {
    const result = run(
      'optimise',
      ...[...good, '--search', 'grid', '--aim', 'roiPercent', '--commission', '0.002', '--json'],
      ...['--walk-forward', 'rolling', '--in-sample', '1000', '--out-of-sample', '400'],
      ...['--heat-map', 'fast,slow'],
    );
    expect([result.status, result.stderr]).toEqual([0, '']);
    const { best, trials, heatMap, walkForward } = JSON.parse(result.stdout) as Found;
    expect(trials.every(({ parameters: { fast, slow } }) => fast < slow)).toBe(true);
    // 5 of each with slow from 30 on, of 20 and 10 three and one.
    expect([trials.length, heatMap.cells.length]).toEqual([19, 19]);
    expect(walkForward.windows).toHaveLength(3);
    expect(walkForward.equity.equity).toHaveLength(1148);
    const settings = Object.entries(best.parameters).flatMap(([name, value]) => [
      '--param',
      `${name}=${value}`,
    ]);
    const again = run(
      'backtest',
      ...['--data', goog, '--strategy', searched, '--commission', '0.002', '--json', ...settings],
    );
    const { statistics } = JSON.parse(again.stdout) as Pick<Found['best'], 'statistics'>;
    expect(best.statistics).toEqual(
      Object.fromEntries(Object.keys(best.statistics).map((name) => [name, statistics[name]])),
    );
  });

  it('gives the same to the byte for a seed, with any number of threads', () => {
    const [one, two, other] = [
      ['--threads', '1', '--seed', '5'],
      ['--threads', '2', '--seed', '5'],
      ['--seed', '6'],
    ].map((options) => run('optimise', ...good, '--trials', '12', '--json', ...options).stdout);
    expect(two).toBe(one);
    expect(other).not.toBe(one);
    expect(JSON.parse(one ?? '')).toMatchObject({ search: 'GUIDED', seed: 5 });
  });

  it('searches what is left where a parameter is set', () => {
    const result = run('optimise', ...good, '--search', 'grid', '--param', 'fast=7', '--json');
    expect([result.status, result.stderr]).toEqual([0, '']);
    const { trials, best } = JSON.parse(result.stdout) as Found;
    // Of 10, 20, 30, 40 and 50 all are above 7.
    expect(trials).toHaveLength(5);
    const backtest = run(
      'backtest',
      ...['--data', goog, '--strategy', searched, '--json', '--param', 'fast=7'],
      ...['--param', `slow=${best.parameters['slow']}`],
    );
    const { statistics } = JSON.parse(backtest.stdout) as Found['best'];
    expect(best.statistics['finalEquity']).toBe(statistics['finalEquity']);
    expect(run('optimise', ...good, '--param', 'quick=7').stderr).toMatch(/no parameter "quick"/);
  });

  it('takes no trial for the best that breaks a constraint on what it gave', () => {
    // Nothing falls less deep than what never trades.
    const rare = file(
      'rare.txt',
      `edge = 1 in 1..5 step 1 equity_per_trade 100%
       long entry when close > sma(close, 20) * (1 + (edge - 1) / 4)
       long exit when close < sma(close, 20)`,
    );
    const options = ['--data', goog, '--strategy', rare, '--search', 'grid', '--json'];
    const aim = ['--aim', 'maxDrawdownPercent'];
    const best = (...more: string[]): Found['best'] => {
      const { status, stdout, stderr } = run('optimise', ...options, ...aim, ...more);
      expect([status, stderr]).toEqual([0, '']);
      return (JSON.parse(stdout) as Found).best;
    };
    expect(best().statistics['totalTrades']).toBe(0);
    expect(best('--constraint', 'totalTrades >= 30').statistics['totalTrades']).toBeGreaterThan(29);
    const { stdout } = run('optimise', ...options.slice(0, -1), '--constraint', 'winRate > 1');
    expect(stdout).toMatch(/^5 trials, of which 5 were refused\.\nNone of them has a value/);
    expect(stdout).toMatch(
      /\nThe first refused: The trial breaks winRate > 1: winRate is 0\.\d+\.\n$/,
    );
  });

  it('prints the best, the map and the windows for people', () => {
    const { stdout } = run(
      'optimise',
      ...[...good, '--search', 'random', '--trials', '8', '--heat-map', 'fast,slow'],
      ...['--walk-forward', 'anchored', '--in-sample', '1500', '--out-of-sample', '600'],
    );
    expect(stdout).toMatch(/^8 trials\.\n\nThe best by sharpeRatio: fast=\d+ slow=\d+\n/);
    expect(stdout).toContain('sharpeRatio by fast (across) and slow (down):');
    expect(stdout).toMatch(/All stretches out of sample together: .*efficiency -?\d/);
  });

  it.each([
    [['--aim', 'sharpRatio'], /^--aim sharpRatio: expected sharpeRatio\n$/],
    [['--aim', 'luck'], /^--aim luck: expected one of finalEquity, /],
    [['--search', 'magic'], /^--search magic: expected grid or random or guided\n$/],
    [['--trials', '0'], /^--trials 0: expected a whole number from 1 to 100000\n$/],
    [
      ['--search', 'grid', '--trials', '5'],
      /searched\.txt: The grid has 19 points, more than the 5/,
    ],
    [['--constraint', 'fast < slwo'], /^--constraint:1:8: .*did you mean slow\?\n$/],
    [['--constraint', 'slow < 5'], /No values of the parameters fulfil the constraints\.\n$/],
    [['--walk-forward', 'rolling'], /expected --in-sample and --out-of-sample as well\n$/],
    [['--in-sample', '5'], /expected --walk-forward rolling or anchored as well\n$/],
    [
      ['--walk-forward', 'rolling', '--in-sample', '5000', '--out-of-sample', '5'],
      /expected fewer than the 2148 bars there are\n$/,
    ],
    [['--heat-map', 'fast'], /^--heat-map fast: expected two of fast, slow/],
    [
      ['--strategy', crossing],
      /crossing\.txt: No parameter of the strategy names what may be tried/,
    ],
  ])('refuses %j in one line, with exit code 2', (options, line) => {
    const data = ['--data', goog, '--strategy', searched];
    const constraint = options.includes(crossing) ? [] : ['--constraint', 'fast < slow'];
    const { status, stdout, stderr } = run('optimise', ...data, ...constraint, ...options);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});
