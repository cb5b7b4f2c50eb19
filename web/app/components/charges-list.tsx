import type { ChargesFragment } from '../generated/graphql.ts';
import { Rupees } from './amount.tsx';

/** Each charge as people know it, in the order they read them. */
export const chargeNames: readonly (readonly [keyof ChargesFragment, string])[] = [
  ['brokerage', 'Brokerage'],
  ['securitiesTransactionTax', 'Securities transaction tax (STT)'],
  ['exchangeTransactionCharge', 'Exchange transaction charge'],
  ['sebiTurnoverFee', 'SEBI turnover fee'],
  ['stampDuty', 'Stamp duty'],
  ['goodsAndServicesTax', 'GST'],
  ['depositoryParticipantCharge', 'Depository participant charge'],
];

/** Each charge on its own line, the sum below a rule, as on a contract note. */
export function ChargesList({ charges }: { readonly charges: ChargesFragment }) {
  return (
    <table aria-label="Charges" className="w-full text-sm">
      <tbody>
        {chargeNames.map(([component, name]) => (
          <tr key={component}>
            <th scope="row" className="py-0.5 text-left font-normal text-ink-soft">
              {name}
            </th>
            <td className="py-0.5 text-right">
              <Rupees value={charges[component]} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="border-t border-rule-strong font-medium">
          <th scope="row" className="pt-1 text-left font-medium">
            Total charges
          </th>
          <td className="pt-1 text-right">
            <Rupees value={charges.total} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
