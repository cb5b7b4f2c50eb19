/** A failure of a mutation's union, as a form shows it. */
export interface FormFailure {
  readonly message: string;
  /** The input field it is about; undefined: the whole form. */
  readonly field: string | undefined;
}

/** The failure among the members of a result union; null for a success. */
export function failureOf(result: {
  readonly __typename: string;
  readonly message?: string;
  readonly field?: string;
}): FormFailure | null {
  if (result.message === undefined) return null;
  return { message: result.message, field: result.field?.replace(/^input\./, '') };
}

/** The message for one field. */
export function fieldError(
  failure: FormFailure | null | undefined,
  field: string,
): string | undefined {
  return failure?.field === field ? failure.message : undefined;
}

/** The message for the form as a whole: one that none of its fields shows. */
export function formError(
  failure: FormFailure | null | undefined,
  fields: readonly string[] = [],
): string | undefined {
  if (failure === null || failure === undefined) return undefined;
  return failure.field !== undefined && fields.includes(failure.field)
    ? undefined
    : failure.message;
}

/** The failure of a form that asks for the user's own password once more: a wrong one is that field's. */
export function ownPasswordFailureOf(result: Parameters<typeof failureOf>[0]): FormFailure | null {
  if (result.__typename !== 'InvalidCredentials') return failureOf(result);
  return { message: 'This is not your password.', field: 'password' };
}
