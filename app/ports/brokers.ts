/** Brokers that live orders can go to. */
export type BrokerName = 'ZERODHA';

export interface NewBrokerConnection {
  readonly id: string;
  readonly userId: string;
  readonly broker: BrokerName;
  /** Name for people. */
  readonly label: string;
  readonly sealedApiKey: string;
  readonly sealedApiSecret: string;
  /** The last 4 characters of the API key, by which people recognise it. */
  readonly apiKeyEnding: string;
  readonly createdAt: Date;
}

/** Connections to brokers within a transaction. */
export interface BrokerRows {
  insert(connection: NewBrokerConnection): Promise<void>;
  /** A connection of this user that has not ended, and the portfolio it has; null: there is none. */
  lockOwn(id: string, userId: string): Promise<{ readonly portfolioId: string | null } | null>;
  /** Ends a connection of this user and destroys its secrets; null where there is none. */
  disconnect(
    id: string,
    userId: string,
    at: Date,
  ): Promise<{ readonly broker: BrokerName; readonly label: string } | null>;
}
