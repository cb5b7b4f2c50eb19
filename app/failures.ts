/** The row does not exist, or is not this user's; the two are never told apart. */
export interface NotFound {
  readonly kind: 'NOT_FOUND';
  readonly entity: string;
  readonly id: string;
}

/** The object cannot do that in its present state. */
export interface IllegalState {
  readonly kind: 'ILLEGAL_STATE';
  readonly state: string;
  readonly message: string;
}

/** A field of the input has a value it cannot have. */
export interface InvalidInput {
  readonly kind: 'INVALID_INPUT';
  readonly field: string;
  readonly message: string;
}

export function notFound(entity: string, id: string): NotFound {
  return { kind: 'NOT_FOUND', entity, id };
}

export function illegalState(state: string, message: string): IllegalState {
  return { kind: 'ILLEGAL_STATE', state, message };
}

export function invalidInput(field: string, message: string): InvalidInput {
  return { kind: 'INVALID_INPUT', field, message };
}
