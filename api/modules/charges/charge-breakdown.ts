import { ObjectType, Resolver, Root } from 'type-graphql';
import { totalOfChargesView } from '@nandax/app/portfolios/account-of.ts';
import type { ChargesView } from '@nandax/app/views/order.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { Money } from '../../scalars/scalars.ts';

@ObjectType({
  description:
    'Charges by component, in rupees. Accruing charges are kept with 6 decimals and rounded here for reading; a contract note rounds them once a day.',
})
export class ChargeBreakdown {
  @Visible(WITH_PARENT, () => Money, 'The broker’s own fee.')
  brokerage!: ChargesView['brokerage'];

  @Visible(WITH_PARENT, () => Money, 'STT, a tax on the value traded.')
  securitiesTransactionTax!: ChargesView['securitiesTransactionTax'];

  @Visible(WITH_PARENT, () => Money, 'The exchange’s fee on the value traded.')
  exchangeTransactionCharge!: ChargesView['exchangeTransactionCharge'];

  @Visible(WITH_PARENT, () => Money, 'The regulator’s fee on the value traded.')
  sebiTurnoverFee!: ChargesView['sebiTurnoverFee'];

  @Visible(WITH_PARENT, () => Money, 'Stamp duty on the value bought.')
  stampDuty!: ChargesView['stampDuty'];

  @Visible(WITH_PARENT, () => Money, 'GST on brokerage, exchange charge and SEBI fee.')
  goodsAndServicesTax!: ChargesView['goodsAndServicesTax'];

  @Visible(WITH_PARENT, () => Money, 'The depository’s fee for a day’s delivery sales of a share.')
  depositoryParticipantCharge!: ChargesView['depositoryParticipantCharge'];
}

@Resolver(() => ChargeBreakdown)
export class ChargeBreakdownFields {
  @Derived(WITH_PARENT, () => Money, 'The sum of all components.')
  total(@Root() charges: ChargesView): ChargesView['brokerage'] {
    return totalOfChargesView(charges);
  }
}
