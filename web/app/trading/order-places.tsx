import { SubNavigation } from '../components/sub-navigation.tsx';

const places = [
  { to: '/orders', name: 'Orders and trades' },
  { to: '/orders/gtt', name: 'GTT' },
  { to: '/orders/basket', name: 'New basket' },
];

/** What is sent at once, what waits for a price, and what goes together. */
export function OrderPlaces() {
  return <SubNavigation name="Orders" places={places} />;
}
