import { scopes, type Scope } from './person.ts';

/** Everyone as whom the schema is walked. */
export type ViewerName =
  /** Nobody is logged in. */
  | 'ANONYMOUS'
  /** Asha in her browser, asking for what is hers. */
  | 'OWNER'
  /** A program of hers with an access token. */
  | 'OWNER_TOKEN'
  /** Binod, of the role USER, in his browser, asking for Asha's. */
  | 'OTHER'
  /** Someone of the role PREMIUM, asking for Asha's. */
  | 'PREMIUM'
  /** Someone of the role ADMIN, asking for Asha's. */
  | 'ADMIN'
  /** The demo account of an installation with a local outbox, asking for Asha's. */
  | 'DEMO'
  /** Chitra in her browser after an administrator closed her account, asking for her own. */
  | 'SUSPENDED'
  /** A program of Chitra's with an access token. */
  | 'SUSPENDED_TOKEN'
  /** A key of Chitra's with all scopes. */
  | 'SUSPENDED_KEY'
  /** A key of Asha's with one scope. */
  | `KEY_${Scope}`
  /** A key of Asha's with all scopes. */
  | 'KEY_ALL'
  /** The same, expired, revoked, or used from an address it may not come from. */
  | 'KEY_EXPIRED'
  | 'KEY_REVOKED'
  | 'KEY_ELSEWHERE'
  /** A browser whose session is not known. */
  | 'FORGED_COOKIE';

export const viewerNames: readonly ViewerName[] = [
  ...(['ANONYMOUS', 'OWNER', 'OWNER_TOKEN', 'OTHER', 'PREMIUM', 'ADMIN', 'DEMO'] as const),
  ...(['SUSPENDED', 'SUSPENDED_TOKEN', 'SUSPENDED_KEY'] as const),
  ...scopes.map((scope) => `KEY_${scope}` as const),
  ...(['KEY_ALL', 'KEY_EXPIRED', 'KEY_REVOKED', 'KEY_ELSEWHERE', 'FORGED_COOKIE'] as const),
];

/** Whether a viewer is Asha herself, or acts by something she made. */
export function isHers(viewer: ViewerName): boolean {
  return viewer.startsWith('OWNER') || viewer.startsWith('KEY_');
}
