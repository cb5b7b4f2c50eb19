import { scopes } from '../person.ts';
import {
  administrators,
  anyone,
  outboxReaders,
  owner,
  people,
  peopleAndKeys,
  signedIn,
  type Audience,
} from './audiences.ts';

/**
 * Every query, and to whom it gives something when it is asked for what is Asha's. Lists ask for
 * nobody's: they give each caller their own. Written by hand from the words.
 */
export const queries: Readonly<Record<string, Audience>> = {
  // Open to the world.
  installation: anyone,

  // Whom a credential belongs to is no secret from it: also a key that may not read learns the id.
  viewer: peopleAndKeys(...scopes),

  // Each caller's own.
  agents: signedIn,
  auditTrail: signedIn,
  brokerConnections: signedIn,
  datasets: signedIn,
  eventSequence: signedIn,
  instruments: signedIn,
  notifications: signedIn,
  optimisations: signedIn,
  orders: signedIn,
  portfolios: signedIn,
  replaySessions: signedIn,
  riskLimits: signedIn,
  riskLocks: signedIn,
  gtts: signedIn,
  protections: signedIn,
  reconciliationFindings: signedIn,
  runs: signedIn,
  strategies: signedIn,
  trades: signedIn,

  // Each caller's own, and no business of a key's.
  apiKeys: people,
  sessions: people,

  // By an id of Asha's.
  agent: owner,
  candles: owner,
  compareRuns: owner,
  node: owner,
  optimisation: owner,
  order: owner,
  orderRequest: owner,
  portfolio: owner,
  previewBasket: owner,
  previewBracket: owner,
  previewGtt: owner,
  previewOrder: owner,
  replaySession: owner,
  run: owner,
  strategy: owner,

  // The same for everyone.
  checkRules: peopleAndKeys('READ', 'STRATEGIES_WRITE'),
  ruleLanguage: signedIn,
  strategyPresets: signedIn,
  tierLimits: signedIn,

  account: administrators,
  accounts: administrators,
  jobFailures: administrators,
  auditEvents: administrators,
  letters: outboxReaders,
};
