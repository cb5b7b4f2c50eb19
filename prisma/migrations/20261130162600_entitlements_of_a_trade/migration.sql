-- What a trade got is asked for with every sum of results.
CREATE INDEX "CorporateEntitlement_tradeId_idx" ON "CorporateEntitlement"("tradeId");
