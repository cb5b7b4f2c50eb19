-- A live portfolio is the books of one account at a broker; an account has one portfolio that is not deleted.

ALTER TABLE "Portfolio" ADD COLUMN "brokerConnectionId" UUID,
  ADD CONSTRAINT "Portfolio_brokerConnectionId_fkey" FOREIGN KEY ("brokerConnectionId")
    REFERENCES "BrokerConnection"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "Portfolio_brokerConnectionId_idx" ON "Portfolio"("brokerConnectionId");
CREATE UNIQUE INDEX "Portfolio_one_of_broker_account" ON "Portfolio"("brokerConnectionId")
  WHERE "deletedAt" IS NULL;
