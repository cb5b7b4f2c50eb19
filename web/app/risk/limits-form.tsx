import { Button } from '../components/button.tsx';
import { TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { useForm } from '../components/use-form.ts';
import { fieldError, formError } from '../form-failure.ts';
import type { RiskScope, ScopeRiskFragment } from '../generated/graphql.ts';
import type { RiskAnswer } from './change-risk.server.ts';
import { limitKinds, limitTerms, timeOfMinute } from './limit-terms.ts';

const fields = [
  ...limitKinds.map((kind) => limitTerms[kind].field),
  'lossCoolDownMinutes',
  'entriesFromMinute',
  'entriesUntilMinute',
];

const units = { RUPEES: ' (₹)', COUNT: '', PERCENT: ' (%)' } as const;

/** All limits of a scope: what is left empty is no limit. */
export function LimitsForm({
  scope,
  subjectId,
  name,
  limits,
}: {
  readonly scope: RiskScope;
  /** Null: the scope names nobody. */
  readonly subjectId: string | null;
  /** For those who hear the form without its panel. */
  readonly name: string;
  /** Null: none are set yet. */
  readonly limits: ScopeRiskFragment | null;
}) {
  const intent = `limits ${scope} ${subjectId ?? ''}`;
  const { Form, ref, answer, busy } = useForm<RiskAnswer>(intent);
  const failure = answer?.failure;
  const general = formError(failure, fields);
  const allowed = limits?.allowedInstrumentIds ?? null;
  const field = (fieldName: string) => ({
    name: fieldName,
    autoComplete: 'off',
    error: fieldError(failure, fieldName),
  });
  return (
    <Form ref={ref} method="post" aria-label={`Limits: ${name}`} className="flex flex-col gap-3">
      {answer?.saved === true && (
        <Notice tone="success">The limits are saved. They hold for the next order.</Notice>
      )}
      {general !== undefined && <Notice tone="failure">{general}</Notice>}
      <input type="hidden" name="scope" value={scope} />
      <input type="hidden" name="subject" value={subjectId ?? ''} />
      {allowed !== null && <input type="hidden" name="restrictsInstruments" value="yes" />}
      {allowed?.map((id) => (
        <input key={id} type="hidden" name="allowedInstrumentIds" value={id} />
      ))}
      <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-4">
        {limitKinds.map((kind) => {
          const terms = limitTerms[kind];
          return (
            <TextField
              key={kind}
              {...field(terms.field)}
              label={terms.name + units[terms.unit]}
              inputMode="decimal"
              placeholder="No limit"
              defaultValue={limits?.[terms.field] ?? ''}
            />
          );
        })}
        <TextField
          {...field('lossCoolDownMinutes')}
          label="Minutes to cool down"
          inputMode="numeric"
          placeholder="Until released"
          defaultValue={limits?.lossCoolDownMinutes ?? ''}
          hint="After losses in a row, of market time."
        />
        <TextField
          {...field('entriesFromMinute')}
          label="Entries from (IST)"
          type="time"
          defaultValue={timeOfMinute(limits?.entriesFromMinute)}
        />
        <TextField
          {...field('entriesUntilMinute')}
          label="Entries until (IST)"
          type="time"
          defaultValue={timeOfMinute(limits?.entriesUntilMinute)}
        />
      </div>
      {allowed !== null && (
        <p className="text-xs text-ink-soft">{howMany(allowed.length)}; this stays as it is.</p>
      )}
      <Button type="submit" name="intent" value="limits" disabled={busy} className="self-start">
        Save limits
      </Button>
    </Form>
  );
}

function howMany(allowed: number): string {
  if (allowed === 0) return 'No instrument may be entered';
  return allowed === 1 ? 'One instrument may be entered' : `${allowed} instruments may be entered`;
}
