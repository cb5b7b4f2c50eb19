/** The one spelling of an email by which accounts are found. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}
