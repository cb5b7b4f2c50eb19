/** The wall clock. Market time never comes from here; it is the feed's. */
export interface Clock {
  now(): Date;
}

/** Identifiers, minted in one place so that tests can foresee them. */
export interface IdSource {
  /** A UUID of version 7: unique, and rising with time. */
  uuid(): string;
  /** Random bytes fit for secrets and for client order ids. */
  randomBytes(length: number): Uint8Array;
}

/** Structured log; secrets are redacted by the adapter. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Log;
}

/** Waits the given milliseconds. */
export type Pause = (milliseconds: number) => Promise<void>;
