import { describe, expect, it } from 'vitest';
import { describeLanguage } from './describe-language.ts';
import {
  callableNames,
  frameWords,
  isWordOfLanguage,
  keywords,
  plainNames,
  statementNames,
} from './language-words.ts';
import { parseStrategy } from './parse-strategy.ts';
import { strategyProducts } from './strategy-product.ts';

const words = describeLanguage();

describe('the language as editors know it', () => {
  it('is every word once', () => {
    const all = [
      ...statementNames,
      ...keywords,
      ...callableNames,
      ...plainNames,
      ...strategyProducts,
      ...Object.values(frameWords),
    ];
    expect(words.map(({ word }) => word).toSorted()).toEqual(all.toSorted());
    const names = words.filter(({ word }) => !/^\d/.test(word));
    expect(names.every(({ word }) => isWordOfLanguage(word))).toBe(true);
  });

  it.each(words.filter(({ kind }) => kind === 'STATEMENT'))(
    'shows how $word is written',
    ({ word, form }) => {
      if (form.endsWith('…')) return;
      const isSize = word.endsWith('_per_trade');
      const rest = word === 'take_profit' ? 'take_profit 5%' : '';
      const text = `${isSize ? '' : 'capital_per_trade 1\n'}${form} ${rest}
      long entry when close > 1 long exit when close < 1`;
      expect(parseStrategy(text)).toMatchObject({ ok: true });
    },
  );

  it.each(words.filter(({ kind }) => kind === 'INDICATOR' || kind === 'FUNCTION'))(
    'shows how $form is written',
    ({ form, word }) => {
      const filled = form
        .replace('series', 'close')
        .replace('condition', 'close > 1')
        .replace(/\bx\b/, 'close')
        .replace(/\by\b/, 'open')
        .replace('bars)', '3)')
        .replace('(bars,', '(3,')
        // What is left out has its default.
        .replace(/, [a-z_]+(?:, [a-z_]+)*\)$/, (rest) => (word in { min: 0, max: 0 } ? rest : ')'))
        .replace(/\((?!close|3|")[a-z_, ]+\)$/, '');
      const isRead = (condition: string) =>
        parseStrategy(`capital_per_trade 1 long entry when ${condition} long exit when close < 1`)
          .ok;
      expect(isRead(filled) || isRead(`${filled} > 1`)).toBe(true);
    },
  );

  it('means something by each', () => {
    for (const { meaning } of words) expect(meaning).toMatch(/^[A-Z0-9].*\.$/);
  });
});
