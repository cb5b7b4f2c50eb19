import { useState } from 'react';

import { controlClass } from '../components/field.tsx';
import type { LanguageWordKind } from '../generated/graphql.ts';
import { useLanguage } from './language.ts';

const kinds: readonly (readonly [kind: LanguageWordKind, name: string])[] = [
  ['STATEMENT', 'Statements'],
  ['KEYWORD', 'Words that join'],
  ['FUNCTION', 'Functions'],
  ['VALUE', 'Values'],
  ['CONSTANT', 'Constants'],
  ['INDICATOR', 'Indicators and patterns'],
];

const basics: readonly (readonly [form: string, meaning: string])[] = [
  ['fast = 10 in 5..50 step 5', 'A parameter with the range that may be searched.'],
  ['< <= > >= == !=  + - * /', 'Compare and compute; parentheses group.'],
  ['close[1]', 'The value one bar ago.'],
  ['# a note', 'Runs to the end of the line.'],
];

/** Every word of the rule language with its meaning, to look through or search. */
export function LanguageHelp() {
  const language = useLanguage();
  const [asked, setAsked] = useState('');
  const wanted = asked.trim().toLowerCase();
  const found = language.filter(({ form, meaning }) =>
    `${form} ${meaning}`.toLowerCase().includes(wanted),
  );
  return (
    <div className="flex flex-col gap-3">
      <input
        type="search"
        aria-label="Search the language"
        placeholder="Search, e.g. stop or average"
        value={asked}
        onChange={(event) => {
          setAsked(event.target.value);
        }}
        className={controlClass}
      />
      {wanted === '' && <Words words={basics} />}
      {kinds.map(([kind, name]) => {
        const words = found.filter((word) => word.kind === kind);
        if (words.length === 0) return null;
        return (
          <details key={kind} open={wanted !== '' || kind === 'STATEMENT'}>
            <summary className="cursor-pointer text-sm font-medium">
              {name} <span className="text-xs text-ink-soft">{words.length}</span>
            </summary>
            <div className="mt-2 max-h-96 overflow-y-auto">
              <Words words={words.map(({ form, meaning }) => [form, meaning])} />
            </div>
          </details>
        );
      })}
      {found.length === 0 && <p className="text-sm text-ink-soft">No word says that.</p>}
    </div>
  );
}

function Words({
  words,
}: {
  readonly words: readonly (readonly [form: string, meaning: string])[];
}) {
  return (
    <dl className="flex flex-col gap-2 text-sm">
      {words.map(([form, meaning], index) => (
        <div key={`${form} ${index}`}>
          <dt className="font-mono text-xs break-words text-accent">{form}</dt>
          <dd className="text-xs text-ink-soft">{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
