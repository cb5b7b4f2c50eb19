import { owner, signedIn, type Audience } from './audiences.ts';

/** Every subscription, and to whom it gives something: account topics give each caller their own. */
export const subscriptions: Readonly<Record<string, Audience>> = {
  agentUpdates: signedIn,
  gttUpdates: signedIn,
  notifications: signedIn,
  optimisationUpdates: signedIn,
  orderUpdates: signedIn,
  portfolioUpdates: signedIn,
  replayUpdates: signedIn,
  runUpdates: signedIn,
  tradeUpdates: signedIn,

  // The feed of a replay of Asha's.
  ticks: owner,
};
