import type { AuditAction } from '../generated/graphql.ts';

// What happened, in words, in groups as people look for it.

const loggingIn = {
  LOGIN_SUCCEEDED: 'Logged in',
  LOGIN_FAILED: 'Failed to log in',
  LOGGED_OUT: 'Logged out',
  LOGGED_OUT_EVERYWHERE: 'Logged out everywhere',
  SESSION_REVOKED: 'Logged a device out',
  REFRESH_TOKEN_REUSED: 'Refresh token used twice',
} as const;

const account = {
  ACCOUNT_REGISTERED: 'Account registered',
  PROFILE_CHANGED: 'Profile changed',
  SETTINGS_CHANGED: 'Settings changed',
  EMAIL_CHANGE_REQUESTED: 'New email asked for',
  EMAIL_CHANGED: 'Email changed',
  PASSWORD_CHANGED: 'Password changed',
  PASSWORD_RESET_REQUESTED: 'Password reset asked for',
  PASSWORD_RESET: 'Password reset',
  ACCOUNT_DELETED: 'Account deleted',
  ACCOUNT_RESTORED: 'Account restored',
  ACCOUNT_ERASED: 'Personal data erased',
} as const;

const secondFactor = {
  TOTP_ENABLED: 'Authenticator app set up',
  TOTP_DISABLED: 'Authenticator app turned off',
  RECOVERY_CODES_RENEWED: 'Recovery codes renewed',
  RECOVERY_CODE_USED: 'Recovery code used',
  PASSKEY_ADDED: 'Passkey added',
  PASSKEY_REMOVED: 'Passkey removed',
  PASSKEY_COUNTER_FELL: 'Passkey may be copied',
} as const;

const keysAndBrokers = {
  API_KEY_CREATED: 'API key created',
  API_KEY_REVOKED: 'API key revoked',
  BROKER_CONNECTED: 'Broker connected',
  BROKER_DISCONNECTED: 'Broker disconnected',
} as const;

const administration = {
  ACCOUNT_SUSPENDED: 'Account suspended',
  ACCOUNT_REINSTATED: 'Account reinstated',
  ROLE_CHANGED: 'Role changed',
  TIER_CHANGED: 'Tier changed',
  TIER_LIMITS_CHANGED: 'Tier limits changed',
  JOB_RETRIED: 'Failed job retried',
  JOB_DISCARDED: 'Failed job discarded',
} as const;

const trading = {
  PORTFOLIO_CREATED: 'Portfolio created',
  PORTFOLIO_RENAMED: 'Portfolio renamed',
  PORTFOLIO_RESET: 'Portfolio reset',
  MONEY_DEPOSITED: 'Money paid in',
  MONEY_WITHDRAWN: 'Money taken out',
  STRATEGY_CREATED: 'Strategy created',
  STRATEGY_CHANGED: 'Strategy changed',
  STRATEGY_DELETED: 'Strategy deleted',
  AGENT_CREATED: 'Agent created',
  AGENT_STARTED: 'Agent started',
  AGENT_PAUSED: 'Agent paused',
  AGENT_RESUMED: 'Agent resumed',
  AGENT_STOPPED: 'Agent stopped',
  ORDER_PLACED: 'Order placed',
  ORDER_DENIED: 'Order denied',
  ORDER_MODIFY_REQUESTED: 'Order change asked',
  ORDER_CANCEL_REQUESTED: 'Order cancel asked',
  GTT_PLACED: 'GTT placed',
  GTT_CHANGED: 'GTT changed',
  GTT_CANCELLED: 'GTT cancelled',
  PROTECTIVE_STOP_SET: 'Protective stop set',
  PROTECTIVE_STOP_CHANGED: 'Protective stop changed',
  PROTECTIVE_STOP_REMOVED: 'Protective stop removed',
  RISK_LIMITS_CHANGED: 'Risk limits changed',
  RISK_LOCK_RELEASED: 'Risk lock released',
  FINDING_ACKNOWLEDGED: 'Difference at the broker noted',
  KILL_SWITCH_ACTIVATED: 'Kill switch pulled',
  KILL_SWITCH_FINISHED: 'Kill switch: all flat',
  KILL_SWITCH_RELEASED: 'Kill switch released',
} as const;

/** Every action and its words; one that is missing here does not compile. */
const names: Readonly<Record<AuditAction, string>> = {
  ...loggingIn,
  ...account,
  ...secondFactor,
  ...keysAndBrokers,
  ...administration,
  ...trading,
};

/** The groups by name, each with its actions. */
export const auditGroups = [
  { name: 'Logging in', actions: actionsOf(loggingIn) },
  { name: 'Account', actions: actionsOf(account) },
  { name: 'Second factor', actions: actionsOf(secondFactor) },
  { name: 'Keys and brokers', actions: actionsOf(keysAndBrokers) },
  { name: 'Administration', actions: actionsOf(administration) },
  { name: 'Trading', actions: actionsOf(trading) },
];

function actionsOf(group: Readonly<Partial<Record<AuditAction, string>>>) {
  return Object.entries(group).map(([action, words]) => ({ action: action as AuditAction, words }));
}

/** What happened, in words. */
export function auditActionName(action: AuditAction): string {
  return names[action];
}

/** The action that an address asks for; null: every one. */
export function readAuditAction(value: string | null): AuditAction | null {
  return value !== null && Object.hasOwn(names, value) ? (value as AuditAction) : null;
}
