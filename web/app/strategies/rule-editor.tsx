import { useId, useMemo, useState } from 'react';

import { classNames } from '../components/class-names.ts';
import type { RuleErrorMarkFragment } from '../generated/graphql.ts';
import type { Token } from './highlight-rules.ts';
import { highlightLine, kindsOf } from './highlight-rules.ts';
import { useLanguage } from './language.ts';
import type { RulesCheck } from './use-rules-check.ts';
import { useRulesCheck } from './use-rules-check.ts';

const colours: Readonly<Record<Token['kind'], string>> = {
  comment: 'text-ink-faint italic',
  text: 'text-gain',
  number: 'text-gain',
  keyword: 'text-accent',
  function: 'text-caution',
  value: 'font-medium',
  constant: 'text-loss',
  plain: '',
};

/** The rules of a strategy as text, checked while they are typed; errors are marked where they are. */
export function RuleEditor({
  name,
  initial,
  onChange,
}: {
  readonly name: string;
  readonly initial: string;
  readonly onChange?: (document: string) => void;
}) {
  const id = useId();
  const [document, setDocument] = useState(initial);
  const check = useRulesCheck(document);
  const lines = document.split('\n');
  const language = useLanguage();
  const kinds = useMemo(() => kindsOf(language), [language]);

  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium text-ink-soft">
        Rules
      </label>
      <div className="overflow-x-auto rounded-md border border-rule-strong bg-sheet focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent">
        <div className="grid min-w-max grid-cols-[2.75rem_1fr] font-mono text-[0.8125rem] leading-6">
          <ol
            aria-hidden
            className="border-r border-rule py-2 text-right text-ink-faint select-none"
          >
            {lines.map((_, index) => (
              <li
                key={index}
                className={classNames(
                  'pr-2',
                  check.errors.some((error) => error.line === index + 1) &&
                    'bg-loss-soft font-semibold text-loss',
                )}
              >
                {index + 1}
              </li>
            ))}
          </ol>
          <div className="relative grid">
            <pre aria-hidden className="col-start-1 row-start-1 px-3 py-2 font-mono">
              {lines.map((line, index) => (
                <MarkedLine
                  key={index}
                  line={line}
                  kinds={kinds}
                  errors={check.errors.filter((error) => error.line === index + 1)}
                />
              ))}
            </pre>
            <textarea
              id={id}
              name={name}
              value={document}
              onChange={(event) => {
                setDocument(event.target.value);
                onChange?.(event.target.value);
              }}
              aria-invalid={check.state === 'wrong' ? true : undefined}
              aria-describedby={`${id}-check`}
              rows={Math.max(lines.length, 8)}
              wrap="off"
              spellCheck={false}
              autoCapitalize="off"
              autoCorrect="off"
              className="col-start-1 row-start-1 min-w-72 resize-none overflow-hidden bg-transparent px-3 py-2 font-mono whitespace-pre text-transparent caret-ink outline-none"
            />
          </div>
        </div>
      </div>
      <div id={`${id}-check`}>
        <CheckResult check={check} />
      </div>
    </div>
  );
}

/** A line in colours, with a wavy rule under the word that an error points at. */
function MarkedLine({
  line,
  kinds,
  errors,
}: {
  readonly line: string;
  readonly kinds: ReadonlyMap<string, Token['kind']>;
  readonly errors: readonly RuleErrorMarkFragment[];
}) {
  const tokens = highlightLine(line, kinds);
  const holds = (token: Token, column: number) =>
    column >= token.column && column < token.column + token.text.length;
  const atEnd = errors.some(({ column }) => !tokens.some((token) => holds(token, column)));
  return (
    <span className="block min-h-6">
      {tokens.map((token) => (
        <span
          key={token.column}
          className={classNames(
            colours[token.kind],
            errors.some(({ column }) => holds(token, column)) &&
              'underline decoration-loss decoration-wavy underline-offset-4',
          )}
        >
          {token.text}
        </span>
      ))}
      {atEnd && <span className="underline decoration-loss decoration-wavy"> </span>}
    </span>
  );
}

function CheckResult({ check }: { readonly check: RulesCheck }) {
  if (check.state === 'unreachable') {
    return <p className="text-xs text-ink-soft">The rules cannot be checked at the moment.</p>;
  }
  return (
    <div role="status" aria-label="Rule check" className="min-h-5 text-xs">
      {check.errors.length > 0 ? (
        <ul className="flex flex-col gap-0.5 text-loss">
          {check.errors.map((error) => (
            <li key={`${error.line} ${error.column} ${error.message}`}>
              <RuleErrorLine error={error} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-ink-soft">
          {check.state === 'valid' ? 'The rules are valid.' : 'Checking the rules…'}
        </p>
      )}
    </div>
  );
}

/** "Line 3, column 14: …", with what was expected and the nearest known name. */
export function RuleErrorLine({ error }: { readonly error: RuleErrorMarkFragment }) {
  return (
    <>
      <span className="font-medium">
        Line {error.line}, column {error.column}:
      </span>{' '}
      {error.message}
      {error.expected && ` Expected ${error.expected}.`}
      {error.suggestion && ` Did you mean ${error.suggestion}?`}
    </>
  );
}
