/**
 * What screens are made of: rows as they are shown, apart from the records that use-cases decide
 * on. Each names its entity and its owner; an owner of null means shared by all. Units are those of
 * the records.
 */
export interface View<Entity extends string> {
  readonly entity: Entity;
  readonly id: string;
  readonly ownerId: string;
}

/** A row that may belong to nobody. */
export interface SharedView<Entity extends string> extends Omit<View<Entity>, 'ownerId'> {
  readonly ownerId: string | null;
}
