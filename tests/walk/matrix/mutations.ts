import { administrators, anyone, people, peopleAndKeys, type Audience } from './audiences.ts';

/** Whose things a mutation changes. */
export type Touches =
  /** What its input names; somebody else's is not found. */
  | 'NAMED'
  /** The caller's own account. */
  | 'OWN'
  /** Whose secret its input shows: a password, the token of a letter. */
  | 'SECRET'
  /** Nothing of anybody's. */
  | 'NOTHING'
  /** What an administrator names: an account, a failed job. */
  | 'ACCOUNT';

export interface MutationRule {
  /** Who may call it. */
  readonly who: Audience;
  readonly touches: Touches;
  /** The type that tells of success. */
  readonly success: string;
  /** What it changes, in words. */
  readonly changes: string;
}

const strategies = peopleAndKeys('STRATEGIES_WRITE');
const backtests = peopleAndKeys('BACKTESTS_RUN');
const agents = peopleAndKeys('AGENTS_CONTROL');
const paper = peopleAndKeys('PAPER_TRADE');
const halt = peopleAndKeys('RISK_HALT');

function rule(who: Audience, touches: Touches, success: string, changes: string): MutationRule {
  return { who, touches, success, changes };
}

/** Every mutation. Written by hand from the words. */
export const mutations: Readonly<Record<string, MutationRule>> = {
  // Strategies and backtests.
  createStrategy: rule(strategies, 'NAMED', 'Strategy', 'adds a strategy on an instrument'),
  updateStrategy: rule(strategies, 'NAMED', 'Strategy', 'renames a strategy'),
  deleteStrategy: rule(strategies, 'NAMED', 'DeletedStrategy', 'puts a strategy out of sight'),
  runBacktest: rule(backtests, 'NAMED', 'BacktestRun', 'queues a backtest'),
  cancelBacktest: rule(backtests, 'NAMED', 'BacktestRun', 'stops a backtest'),
  startOptimisation: rule(backtests, 'NAMED', 'Optimisation', 'queues a search'),
  cancelOptimisation: rule(backtests, 'NAMED', 'Optimisation', 'ends a search'),
  importHistory: rule(backtests, 'OWN', 'Dataset', 'adds a dataset and an instrument'),

  // Agents and replays.
  createAgent: rule(agents, 'NAMED', 'Agent', 'adds an agent in a portfolio'),
  startAgent: rule(agents, 'NAMED', 'Agent', 'starts an agent on a replay'),
  pauseAgent: rule(agents, 'NAMED', 'Agent', 'pauses an agent'),
  resumeAgent: rule(agents, 'NAMED', 'Agent', 'lets an agent go on'),
  stopAgent: rule(agents, 'NAMED', 'Agent', 'ends the run of an agent'),
  createReplay: rule(agents, 'NAMED', 'ReplaySession', 'adds a replay of a dataset'),
  startReplay: rule(agents, 'NAMED', 'ReplaySession', 'starts a replay'),
  pauseReplay: rule(agents, 'NAMED', 'ReplaySession', 'pauses a replay'),
  restartReplay: rule(agents, 'NAMED', 'ReplaySession', 'begins a replay again'),
  setReplaySpeed: rule(agents, 'NAMED', 'ReplaySession', 'changes the speed of a replay'),
  stopReplay: rule(agents, 'NAMED', 'ReplaySession', 'ends a replay'),

  // Money. A key that trades live does not trade on paper.
  createPortfolio: rule(paper, 'OWN', 'Portfolio', 'adds a portfolio'),
  depositToPortfolio: rule(paper, 'NAMED', 'Portfolio', 'pays play money in'),
  withdrawFromPortfolio: rule(paper, 'NAMED', 'Portfolio', 'takes play money out'),
  resetPortfolio: rule(paper, 'NAMED', 'Portfolio', 'lets a portfolio begin anew'),
  renamePortfolio: rule(paper, 'NAMED', 'Portfolio', 'renames a portfolio'),
  placeOrder: rule(paper, 'NAMED', 'Order', 'places an order in a portfolio'),
  placeBasket: rule(paper, 'NAMED', 'OrderRequest', 'places orders in a portfolio'),
  exitPosition: rule(paper, 'NAMED', 'PlacedExits', 'sells what a portfolio holds of a share'),
  exitAllPositions: rule(paper, 'NAMED', 'PlacedExits', 'sells all that a portfolio holds'),
  closeTrade: rule(paper, 'NAMED', 'PlacedExits', 'sells what an open trade holds'),
  modifyOrder: rule(paper, 'NAMED', 'Order', 'asks for a change of an order'),
  cancelOrder: rule(paper, 'NAMED', 'Order', 'asks an order back'),
  cancelAllOrders: rule(paper, 'NAMED', 'CancelledOrders', 'asks all orders of a portfolio back'),
  placeGtt: rule(paper, 'NAMED', 'Gtt', 'lets an order wait for a price'),
  modifyGtt: rule(paper, 'NAMED', 'Gtt', 'lets it wait for another'),
  placeBracket: rule(paper, 'NAMED', 'Order', 'places an entry with its exits'),
  setProtectiveStop: rule(paper, 'NAMED', 'Protection', 'protects a position'),
  modifyProtection: rule(paper, 'NAMED', 'Protection', 'gives that other prices'),
  removeProtection: rule(paper, 'NAMED', 'Protection', 'takes that away'),
  cancelGtt: rule(paper, 'NAMED', 'Gtt', 'takes it back'),

  // Risk. A key can pull the kill switch, and nothing but a person releases it.
  acknowledgeFinding: rule(people, 'NAMED', 'ReconciliationFinding', 'takes note of a difference'),
  releaseRiskLock: rule(people, 'NAMED', 'RiskLock', 'ends a lock'),
  setRiskLimits: rule(people, 'NAMED', 'RiskLimits', 'sets the limits of a portfolio'),
  activateKillSwitch: rule(halt, 'NAMED', 'ActivatedKillSwitch', 'shuts a portfolio'),
  releaseKillSwitch: rule(people, 'NAMED', 'ReleasedKillSwitch', 'opens a portfolio again'),

  // The account itself: no key may.
  markNotificationRead: rule(people, 'NAMED', 'Notification', 'marks a notification as read'),
  updateProfile: rule(people, 'OWN', 'User', 'changes the name'),
  updateAccountSettings: rule(people, 'OWN', 'User', 'changes whether logins are told of'),
  changeEmail: rule(people, 'OWN', 'EmailChangeRequested', 'sends a letter to a new address'),
  changePassword: rule(people, 'OWN', 'PasswordChanged', 'changes the password'),
  createApiKey: rule(people, 'OWN', 'CreatedApiKey', 'adds an API key'),
  revokeApiKey: rule(people, 'NAMED', 'ApiKey', 'revokes an API key'),
  revokeSession: rule(people, 'NAMED', 'RevokedSession', 'ends a session'),
  logOutEverywhere: rule(people, 'OWN', 'LoggedOutEverywhere', 'ends all sessions'),
  deleteAccount: rule(people, 'OWN', 'AccountDeleted', 'deletes the account'),

  // Second factors and brokers: no key may.
  beginTotpEnrolment: rule(people, 'OWN', 'TotpEnrolment', 'begins to set up an app'),
  confirmTotp: rule(people, 'OWN', 'RecoveryCodes', 'finishes to set up an app'),
  disableTotp: rule(people, 'OWN', 'User', 'takes an app away'),
  renewRecoveryCodes: rule(people, 'OWN', 'RecoveryCodes', 'replaces the recovery codes'),
  beginPasskeyRegistration: rule(people, 'OWN', 'PasskeyQuestion', 'begins to add a passkey'),
  finishPasskeyRegistration: rule(people, 'OWN', 'PasskeyAdded', 'adds a passkey'),
  removePasskey: rule(people, 'NAMED', 'User', 'removes a passkey'),
  connectBroker: rule(people, 'OWN', 'BrokerAccount', 'keeps the access to a broker'),
  disconnectBroker: rule(people, 'NAMED', 'User', 'ends the access to a broker'),

  // Whoever shows the secret.
  beginPasskeyChallenge: rule(anyone, 'SECRET', 'PasskeyQuestion', 'goes on with a login'),
  verifySecondFactor: rule(anyone, 'SECRET', 'LoggedIn', 'finishes a login'),
  finishPasskeyLogin: rule(anyone, 'SECRET', 'LoggedIn', 'logs in by a passkey'),
  login: rule(anyone, 'SECRET', 'SecondFactorRequired', 'begins a login'),
  refreshTokens: rule(anyone, 'SECRET', 'IssuedTokens', 'uses up a refresh token'),
  confirmRegistration: rule(anyone, 'SECRET', 'RegistrationConfirmed', 'makes an account'),
  confirmEmailChange: rule(anyone, 'SECRET', 'EmailChanged', 'moves an account to an address'),
  resetPassword: rule(anyone, 'SECRET', 'PasswordReset', 'replaces a forgotten password'),
  restoreAccount: rule(anyone, 'SECRET', 'AccountRestored', 'takes back a deletion'),

  // Whoever comes.
  beginPasskeyLogin: rule(anyone, 'NOTHING', 'PasskeyQuestion', 'begins a login'),
  register: rule(anyone, 'NOTHING', 'RegistrationReceived', 'asks for a letter'),
  requestPasswordReset: rule(anyone, 'NOTHING', 'PasswordResetRequested', 'asks for a letter'),
  logout: rule(anyone, 'OWN', 'LoggedOut', 'ends the session that calls'),

  // Administrators, of accounts and failed jobs and nothing else.
  changeRole: rule(administrators, 'ACCOUNT', 'ManagedAccount', 'changes a role'),
  changeTier: rule(administrators, 'ACCOUNT', 'ManagedAccount', 'changes a tier'),
  suspendAccount: rule(administrators, 'ACCOUNT', 'ManagedAccount', 'closes an account'),
  reinstateAccount: rule(administrators, 'ACCOUNT', 'ManagedAccount', 'opens an account again'),
  retryFailedJob: rule(administrators, 'ACCOUNT', 'JobFailure', 'has a failed job run again'),
  discardFailedJob: rule(administrators, 'ACCOUNT', 'JobFailure', 'puts a failed job away'),
  setTierLimits: rule(administrators, 'NOTHING', 'TierLimits', 'changes what a tier allows'),
};
