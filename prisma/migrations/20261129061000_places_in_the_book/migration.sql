-- What the matching side knew of an order and a new owner of the feed must know too: where it stands
-- in the queue, what it has met, and the limit that its market protection was set to.

ALTER TABLE "SimulatedOrder"
  ADD COLUMN "bookPlace" INTEGER,
  ADD COLUMN "takenAfter" TIMESTAMPTZ(3),
  ADD COLUMN "protectionLimit" DECIMAL(20,4);

-- What rests was taken in this order until now.
UPDATE "SimulatedOrder" o SET "bookPlace" = placed."place"
FROM (
  SELECT "clientOrderId", row_number() OVER (
    PARTITION BY "feedId" ORDER BY "eligibleFrom", "clientOrderId") AS "place"
  FROM "SimulatedOrder" WHERE "status" IN ('OPEN', 'TRIGGER_PENDING')
) placed
WHERE o."clientOrderId" = placed."clientOrderId";
