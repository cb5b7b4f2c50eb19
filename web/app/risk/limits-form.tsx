import { Button } from '../components/button.tsx';
import { classNames } from '../components/class-names.ts';
import { TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { useForm } from '../components/use-form.ts';
import { fieldError, formError } from '../form-failure.ts';
import type { RiskScope, ScopeRiskFragment } from '../generated/graphql.ts';
import type { RiskAnswer } from './change-risk.server.ts';
import { instrumentList } from './instrument-list.tsx';
import { namesOfAllowed, type NamedInstrument } from './instrument-names.ts';
import { limitFields, limitKinds, limitTerms, timeOfMinute } from './limit-terms.ts';

const units = { RUPEES: ' (₹)', COUNT: '', PERCENT: ' (%)' } as const;

/**
 * All limits of a scope, folded away under a line that opens them: what is left empty is no limit. It
 * stands open when it has an answer, also in a page that was sent without a script.
 */
export function LimitsForm({
  scope,
  subjectId,
  name,
  limits,
  instruments,
  summary,
  className,
}: {
  readonly scope: RiskScope;
  /** Null: the scope names nobody. */
  readonly subjectId: string | null;
  /** For those who hear the form without its panel. */
  readonly name: string;
  /** Null: none are set yet. */
  readonly limits: ScopeRiskFragment | null;
  /** Those whose names are known here; the page lists them once, in `InstrumentList`. */
  readonly instruments: readonly NamedInstrument[];
  readonly summary: string;
  /** Of the line that opens it. */
  readonly className: string;
}) {
  const intent = `limits ${scope} ${subjectId ?? ''}`.trim();
  const { Form, ref, answer, busy } = useForm<RiskAnswer>(intent);
  const failure = answer?.failure;
  const general = formError(failure, limitFields);
  const field = (fieldName: string, kept: string | number | null | undefined) => ({
    name: fieldName,
    autoComplete: 'off',
    defaultValue: answer?.typed?.[fieldName] ?? kept ?? '',
    error: fieldError(failure, fieldName),
  });
  return (
    <details open={answer !== undefined || undefined}>
      <summary className={classNames('flex cursor-pointer items-center text-sm', className)}>
        {summary}
      </summary>
      <Form
        ref={ref}
        method="post"
        aria-label={`Limits: ${name}`}
        className="flex flex-col gap-3 py-2"
      >
        {answer?.saved === true && (
          <Notice tone="success">The limits are saved. They hold for the next order.</Notice>
        )}
        {general !== undefined && <Notice tone="failure">{general}</Notice>}
        <input type="hidden" name="scope" value={scope} />
        <input type="hidden" name="subject" value={subjectId ?? ''} />
        <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-4">
          {limitKinds.map((kind) => {
            const terms = limitTerms[kind];
            return (
              <TextField
                key={kind}
                {...field(terms.field, limits?.[terms.field])}
                label={terms.name + units[terms.unit]}
                inputMode="decimal"
                placeholder="No limit"
              />
            );
          })}
          <TextField
            {...field('lossCoolDownMinutes', limits?.lossCoolDownMinutes)}
            label="Minutes to cool down"
            inputMode="numeric"
            placeholder="Until released"
            hint="After losses in a row, of market time."
          />
          <TextField
            {...field('entriesFromMinute', timeOfMinute(limits?.entriesFromMinute))}
            label="Entries from (IST)"
            type="time"
          />
          <TextField
            {...field('entriesUntilMinute', timeOfMinute(limits?.entriesUntilMinute))}
            label="Entries until (IST)"
            type="time"
          />
        </div>
        <TextField
          {...field(
            'allowedInstrumentIds',
            namesOfAllowed(limits?.allowedInstrumentIds, instruments),
          )}
          label="Only these instruments"
          list={instrumentList}
          placeholder="All"
          hint="Such as NSE:YESBANK, NSE:SBIN, with commas between. Empty: all may be entered; none: positions can only be left."
        />
        <Button type="submit" name="intent" value={intent} disabled={busy} className="self-start">
          Save limits
        </Button>
      </Form>
    </details>
  );
}
