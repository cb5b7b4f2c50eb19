/**
 * The path of this site that `next` names; the dashboard for anything else. Browsers read a backslash
 * as a slash and skip control characters, so that neither may hide the address of another site.
 */
export function ownPath(next: string): string {
  return /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next) ? next : '/';
}
