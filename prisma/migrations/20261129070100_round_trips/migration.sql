-- Rows of trades are parts of round trips: one for each entry lot and exit fill. Those that the orders
-- of the same two requests entered and left with are one trade to whoever counts.

ALTER TABLE "Trade" ADD COLUMN "entryRequestId" UUID, ADD COLUMN "exitRequestId" UUID;
