-- A fill names the contract note that charged it, and what is booked after its day's note gets a
-- supplementary one. Fills that an earlier note of their segment saw are linked to it; those that came
-- after it never cost anything, and are noted with the next close.
ALTER TABLE "ContractNote" ADD COLUMN "number" INTEGER NOT NULL DEFAULT 1;
DROP INDEX "ContractNote_portfolioId_feedId_tradingDay_segment_key";
CREATE UNIQUE INDEX "ContractNote_portfolioId_feedId_tradingDay_segment_number_key"
  ON "ContractNote"("portfolioId", "feedId", "tradingDay", "segment", "number");

ALTER TABLE "Fill" ADD COLUMN "contractNoteId" UUID;
UPDATE "Fill" fill SET "contractNoteId" = note."id"
FROM "Instrument" instrument, "ContractNote" note
WHERE instrument."id" = fill."instrumentId"
  AND note."portfolioId" = fill."portfolioId" AND note."feedId" IS NOT DISTINCT FROM fill."feedId"
  AND note."tradingDay" = fill."tradingDay" AND note."createdAt" >= fill."createdAt"
  AND note."segment" = CASE
    WHEN instrument."type" = 'FUTURE' THEN
      CASE WHEN instrument."exchange" IN ('CDS', 'BCD') THEN 'CURRENCY'
        WHEN instrument."exchange" = 'MCX' THEN 'COMMODITY' ELSE 'EQUITY' END || '_FUTURES'
    WHEN instrument."type" IN ('CALL_OPTION', 'PUT_OPTION') THEN
      CASE WHEN instrument."exchange" IN ('CDS', 'BCD') THEN 'CURRENCY'
        WHEN instrument."exchange" = 'MCX' THEN 'COMMODITY' ELSE 'EQUITY' END || '_OPTIONS'
    WHEN fill."product" = 'MIS' THEN 'EQUITY_INTRADAY'
    WHEN fill."product" = 'MTF' THEN 'EQUITY_MARGIN_FUNDED'
    ELSE 'EQUITY_DELIVERY' END;

ALTER TABLE "Fill" ADD CONSTRAINT "Fill_contractNoteId_fkey"
  FOREIGN KEY ("contractNoteId") REFERENCES "ContractNote"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "Fill_contractNoteId_idx" ON "Fill"("contractNoteId");
-- Each minute, and at each reading of a portfolio, fills without a note are looked for: there are few.
CREATE INDEX "Fill_without_note_idx" ON "Fill"("portfolioId", "feedId", "tradingDay")
  WHERE "contractNoteId" IS NULL;
CREATE INDEX "Fill_of_feed_without_note_idx" ON "Fill"("feedId", "tradingDay") WHERE "contractNoteId" IS NULL;
