import pg from 'pg';
import type { TradingWorld } from './trading-world.ts';

/** A step of an order's or a replay's way that can be seen in the database the moment it commits. */
export type CrashPoint =
  /** A minute was stored as settled. */
  | 'MINUTE'
  /** An agent's decision with signals was written. */
  | 'DECIDED'
  /** An order was marked SUBMITTED; the broker was not called yet. */
  | 'SUBMITTED'
  /** The simulated exchange took an order; our row does not say so yet. */
  | 'ENTERED'
  /** The simulated exchange executed an order; nothing of it is booked yet. */
  | 'EXECUTED';

const triggers: Readonly<Record<CrashPoint, string>> = {
  MINUTE: `AFTER UPDATE OF "cursor" ON "ReplaySession"`,
  DECIDED: `AFTER INSERT ON "AgentDecision"`,
  SUBMITTED: `AFTER UPDATE OF "status" ON "Order"`,
  ENTERED: `AFTER INSERT ON "SimulatedOrder"`,
  EXECUTED: `AFTER INSERT ON "SimulatedExecution"`,
};
const conditions: Partial<Record<CrashPoint, string>> = {
  DECIDED: `WHEN (jsonb_array_length(NEW."signals") > 0)`,
  SUBMITTED: `WHEN (NEW."status" = 'SUBMITTED')`,
};

/** Watches a world's database for crash points. The product knows nothing of it. */
export interface CrashPointWatch {
  /** Resolves the moment the point is reached for the `count`th time from now. */
  until(point: CrashPoint, count: number): Promise<void>;
  close(): Promise<void>;
}

export async function watchCrashPoints(world: TradingWorld): Promise<CrashPointWatch> {
  const client = new pg.Client({ connectionString: world.database.url });
  await client.connect();
  await client.query(`
    CREATE FUNCTION tell_crash_point() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('crash_point', TG_ARGV[0]);
      RETURN NULL;
    END $$`);
  for (const [point, event] of Object.entries(triggers)) {
    const condition = conditions[point as CrashPoint] ?? '';
    await client.query(`
      CREATE TRIGGER "crash_point_${point}" ${event} FOR EACH ROW ${condition}
      EXECUTE FUNCTION tell_crash_point('${point}')`);
  }
  await client.query('LISTEN crash_point');
  return {
    until(point, count) {
      return new Promise((resolve) => {
        let left = count;
        const hear = ({ payload }: pg.Notification): void => {
          if (payload !== point) return;
          left -= 1;
          if (left > 0) return;
          client.off('notification', hear);
          resolve();
        };
        client.on('notification', hear);
      });
    },
    close: () => client.end(),
  };
}
