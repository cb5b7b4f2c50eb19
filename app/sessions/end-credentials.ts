import type { AccountTransaction } from '../ports/accounts.ts';

/**
 * Ends a user's sessions and, unless they are kept, API keys, within a transaction. Publish
 * `credentials` for the user after the commit: sockets close and caches empty at once.
 */
export async function endCredentials(
  rows: Pick<AccountTransaction, 'sessions' | 'apiKeys'>,
  userId: string,
  kept: { readonly sessionId: string | null; readonly apiKeys: boolean },
  at: Date,
): Promise<{ readonly sessions: number; readonly apiKeys: number }> {
  const sessions = await rows.sessions.endAll(userId, kept.sessionId);
  const apiKeys = kept.apiKeys ? [] : await rows.apiKeys.revokeAll(userId, at);
  return { sessions: sessions.length, apiKeys: apiKeys.length };
}
