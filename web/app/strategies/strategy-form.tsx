import { Button } from '../components/button.tsx';
import { classNames } from '../components/class-names.ts';
import { CheckGroup, SelectField, TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { useForm } from '../components/use-form.ts';
import { plainName, strategyStatuses, strategyTypes, timeFrameNames } from '../format/names.ts';
import { fieldError, formError } from '../form-failure.ts';
import type {
  InstrumentLabelFragment,
  StrategyStatus,
  StrategyType,
  TimeFrame,
} from '../generated/graphql.ts';
import { RuleEditor, RuleErrorLine } from './rule-editor.tsx';
import type { SaveAnswer } from './save-strategy.server.ts';

const fields = ['name', 'type', 'timeFrame', 'instrumentIds'];

/** The form of a strategy: what it is called, what it trades on, and its rules. */
export function StrategyForm({
  strategy,
  instruments,
  submitLabel,
}: {
  readonly strategy: {
    readonly name: string;
    readonly type: StrategyType;
    /** Left out for one that does not exist yet. */
    readonly status?: StrategyStatus;
    readonly timeFrame: TimeFrame;
    readonly instrumentIds: readonly string[];
    readonly document: string;
  };
  readonly instruments: readonly (InstrumentLabelFragment & { readonly tradable: boolean })[];
  readonly submitLabel: string;
}) {
  const { Form, answer, busy } = useForm<() => SaveAnswer>();
  const failure = answer?.save;
  return (
    <Form method="post" aria-label="Strategy" className="flex flex-col gap-4">
      {answer?.savedVersion !== undefined && (
        <Notice tone="success">Saved. The rules are at version {answer.savedVersion}.</Notice>
      )}
      {formError(failure, fields) !== undefined && (
        <Notice tone="failure">
          <p>{formError(failure, fields)}</p>
          {failure?.ruleErrors.map((error) => (
            <p key={`${error.line} ${error.column} ${error.message}`}>
              <RuleErrorLine error={error} />
            </p>
          ))}
        </Notice>
      )}
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField
          label="Name"
          name="name"
          defaultValue={strategy.name}
          required
          className={classNames(strategy.status && 'sm:col-span-3')}
          error={fieldError(failure, 'name')}
        />
        <SelectField label="Type" name="type" defaultValue={strategy.type}>
          {strategyTypes.map((type) => (
            <option key={type} value={type}>
              {plainName(type)}
            </option>
          ))}
        </SelectField>
        <SelectField label="Time frame" name="timeFrame" defaultValue={strategy.timeFrame}>
          {Object.entries(timeFrameNames).map(([timeFrame, name]) => (
            <option key={timeFrame} value={timeFrame}>
              {name}
            </option>
          ))}
        </SelectField>
        {strategy.status && (
          <SelectField label="Status" name="status" defaultValue={strategy.status}>
            {strategyStatuses.map((status) => (
              <option key={status} value={status}>
                {plainName(status)}
              </option>
            ))}
          </SelectField>
        )}
      </div>
      <CheckGroup
        legend="Instruments"
        name="instrumentIds"
        choices={instruments
          .filter((instrument) => instrument.tradable)
          .map(({ id, tradingSymbol, exchange }) => ({
            value: id,
            label: tradingSymbol,
            note: exchange,
          }))}
        chosen={strategy.instrumentIds}
        error={fieldError(failure, 'instrumentIds')}
      />
      <RuleEditor name="document" initial={strategy.document} />
      <div>
        <Button type="submit" name="intent" value="save" emphasis="primary" disabled={busy}>
          {busy ? 'Saving…' : submitLabel}
        </Button>
      </div>
    </Form>
  );
}
