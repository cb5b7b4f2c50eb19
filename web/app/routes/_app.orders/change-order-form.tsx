import { Confirm, ConfirmActions } from '../../components/confirm.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { fieldError, formError } from '../../form-failure.ts';
import { formatDecimal } from '../../format/money.ts';
import type { OrderRowFragment } from '../../generated/graphql.ts';
import { TypeOptions, ValidityOptions } from '../../trading/term-options.tsx';
import type { Answer } from './answer.ts';

/** Fields that the dialog has, so that what is wrong with them is said there. */
const fields = [
  ...['quantity', 'type', 'price', 'triggerPrice', 'validity', 'validityMinutes'],
  ...['disclosedQuantity', 'marketProtectionPercent'],
];

/** A dialog that asks the broker for other terms of an order. */
export function ChangeOrder({
  order,
  name,
}: {
  readonly order: OrderRowFragment;
  /** The order in words: `buying YESBANK`. */
  readonly name: string;
}) {
  const intent = `modify ${order.id}`;
  const { Form, ref, answer, busy } = useForm<Answer>(intent);
  const failure = answer?.failure;
  const general = formError(failure, fields);
  const isCover = order.variety === 'CO';
  return (
    <Confirm
      opener="Change"
      of={name}
      title={`Change ${name}`}
      emphasis="secondary"
      closeOn={answer?.changed}
    >
      <Form ref={ref} method="post" className="group flex flex-col gap-3">
        <p className="text-ink-soft">
          The broker is asked to change it; until it has answered, it may fill by its old terms.
        </p>
        {general !== undefined && <Notice tone="failure">{general}</Notice>}
        <input type="hidden" name="id" value={order.id} />
        <input type="hidden" name="variety" value={order.variety} />
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label="Quantity"
            name="quantity"
            inputMode="numeric"
            autoComplete="off"
            defaultValue={order.quantity}
            error={fieldError(failure, 'quantity')}
          />
          <SelectField
            label="Type"
            name="type"
            defaultValue={order.type}
            error={fieldError(failure, 'type')}
          >
            {isCover ? (
              <>
                <option value="MARKET">Market</option>
                <option value="LIMIT">Limit</option>
              </>
            ) : (
              <TypeOptions />
            )}
          </SelectField>
          <TextField
            label={isCover ? 'Stop trigger (₹)' : 'Trigger price (₹)'}
            name="triggerPrice"
            inputMode="decimal"
            autoComplete="off"
            defaultValue={order.triggerPrice ? formatDecimal(order.triggerPrice) : undefined}
            error={fieldError(failure, 'triggerPrice')}
            className={
              isCover
                ? undefined
                : 'hidden! group-has-[option[value=SL]:checked]:flex! group-has-[option[value=SL_M]:checked]:flex!'
            }
          />
          <TextField
            label="Limit price (₹)"
            name="price"
            inputMode="decimal"
            autoComplete="off"
            defaultValue={order.price ? formatDecimal(order.price) : undefined}
            error={fieldError(failure, 'price')}
            className="hidden! group-has-[option[value=LIMIT]:checked]:flex! group-has-[option[value=SL]:checked]:flex!"
          />
          <SelectField
            label="Validity"
            name="validity"
            defaultValue={order.validity}
            error={fieldError(failure, 'validity')}
          >
            <ValidityOptions />
          </SelectField>
          <TextField
            label="Minutes"
            name="validityMinutes"
            inputMode="numeric"
            autoComplete="off"
            defaultValue={order.validityMinutes ?? undefined}
            error={fieldError(failure, 'validityMinutes')}
            className="hidden! group-has-[option[value=TTL]:checked]:flex!"
          />
          {order.variety !== 'ICEBERG' && (
            <TextField
              label="Disclosed quantity"
              name="disclosedQuantity"
              inputMode="numeric"
              autoComplete="off"
              placeholder="All of it"
              defaultValue={order.disclosedQuantity ?? undefined}
              error={fieldError(failure, 'disclosedQuantity')}
            />
          )}
          <TextField
            label="Market protection (%)"
            name="marketProtectionPercent"
            inputMode="decimal"
            autoComplete="off"
            placeholder="By the table"
            defaultValue={order.marketProtectionPercent ?? undefined}
            error={fieldError(failure, 'marketProtectionPercent')}
            className="group-has-[option[value=LIMIT]:checked]:hidden! group-has-[option[value=SL]:checked]:hidden!"
          />
        </div>
        <ConfirmActions value={intent} busy={busy} emphasis="primary">
          Change order
        </ConfirmActions>
      </Form>
    </Confirm>
  );
}
