/** A column that holds texts sealed under the key ring. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The row's own id, a UUID: with it a text is sealed to its place. */
  readonly id: string;
}

/**
 * Every such column. A rotation of the key ring walks them; a test compares them with the schema. An
 * empty text is none: a letter that was sent has lost what it said.
 */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'UserKey', column: 'sealedKey', id: 'userId' },
  { table: 'TotpCredential', column: 'sealedSecret', id: 'userId' },
  { table: 'BrokerConnection', column: 'sealedApiKey', id: 'id' },
  { table: 'BrokerConnection', column: 'sealedApiSecret', id: 'id' },
  { table: 'Letter', column: 'sealedContent', id: 'id' },
];
