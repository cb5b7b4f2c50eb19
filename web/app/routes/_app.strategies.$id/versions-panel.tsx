import { ButtonLink } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { Panel } from '../../components/panel.tsx';
import type { VersionChangesFragment, VersionRowFragment } from '../../generated/graphql.ts';

type Changes = NonNullable<VersionChangesFragment['changes']>;

/** The versions of the rules, newest first; each leads to what changed with it. */
export function VersionsPanel({
  versions,
  total,
}: {
  readonly versions: readonly VersionRowFragment[];
  readonly total: string;
}) {
  return (
    <Panel title="Versions" note={`${total} in all`}>
      <ol className="flex flex-col gap-1 text-sm">
        {versions.map((version) => (
          <li key={version.id} className="flex flex-wrap items-center justify-between gap-x-2">
            <span>
              Version {version.number}
              <span className="text-ink-soft">
                , <ExchangeTime value={version.createdAt} label />
              </span>
            </span>
            <ButtonLink
              to={`?version=${version.number}#changes`}
              emphasis="quiet"
              aria-label={`What changed with version ${version.number}`}
            >
              Changes
            </ButtonLink>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

const signs = { SAME: ' ', ADDED: '+', REMOVED: '−' } as const;
const words = { ADDED: 'Added', REMOVED: 'Removed', CHANGED: 'Changed' } as const;

/** What one version says otherwise than an earlier one: by meaning, and line by line. */
export function ChangesPanel({
  version,
  others,
}: {
  readonly version: VersionChangesFragment;
  /** Numbers of versions it can be held against. */
  readonly others: readonly number[];
}) {
  const { number, changes } = version;
  if (!changes) {
    return (
      <Panel title={`Version ${number}`}>
        <p className="text-sm text-ink-soft">
          There is no version of that number to compare it with.
        </p>
      </Panel>
    );
  }
  const { since } = changes;
  return (
    <section id="changes" aria-label="Changes of a version">
      <Panel
        title={since ? `From version ${since.number} to ${number}` : `Version ${number}, the first`}
        note={
          <>
            <ExchangeTime value={version.createdAt} label />
          </>
        }
        actions={
          <nav aria-label="Compare with" className="flex flex-wrap gap-1">
            {others
              .filter((other) => other < number)
              .map((other) => (
                <ButtonLink
                  key={other}
                  to={`?version=${number}&since=${other}#changes`}
                  emphasis="quiet"
                  aria-current={other === since?.number ? 'true' : undefined}
                >
                  Against {other}
                </ButtonLink>
              ))}
          </nav>
        }
      >
        <Meaning changes={changes} />
        <pre className="mt-3 overflow-x-auto rounded-md bg-sunk py-2 font-mono text-xs leading-5">
          {changes.lines.map(({ kind, text, before, after }) => (
            <span
              key={`${before ?? ''} ${after ?? ''}`}
              className={classNames(
                'block px-2',
                kind === 'ADDED' && 'bg-gain-soft text-gain',
                kind === 'REMOVED' && 'bg-loss-soft text-loss',
              )}
            >
              <span aria-hidden className="mr-2 inline-block w-6 text-right text-ink-faint">
                {after ?? before}
              </span>
              {kind !== 'SAME' && <span className="sr-only">{words[kind]}: </span>}
              <span aria-hidden>{signs[kind]} </span>
              {text}
            </span>
          ))}
        </pre>
      </Panel>
    </section>
  );
}

function Meaning({ changes: { statements, since } }: { readonly changes: Changes }) {
  if (!since) return null;
  if (statements.length === 0) {
    return (
      <p className="text-sm text-ink-soft">
        Both mean the same; only the writing differs, or the market they are for.
      </p>
    );
  }
  return (
    <ul className="flex flex-col gap-2 text-sm">
      {statements.map(({ kind, name, before, after }) => (
        <li key={name}>
          <span className="font-medium">
            {words[kind]}: <span className="font-mono">{name}</span>
          </span>
          <div className="font-mono text-xs break-words">
            {before && <p className="text-loss line-through">{before}</p>}
            {after && <p className="text-gain">{after}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}
