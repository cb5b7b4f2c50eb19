-- By hand: what the database itself refuses, whoever writes. Prisma's schema cannot say these.

-- ---------------------------------------------------------------- market data

ALTER TABLE "Instrument"
  ADD CONSTRAINT "Instrument_tickSize_positive" CHECK ("tickSize" > 0),
  ADD CONSTRAINT "Instrument_lotSize_positive" CHECK ("lotSize" > 0),
  ADD CONSTRAINT "Instrument_freezeQuantity_positive" CHECK ("freezeQuantity" > 0);

ALTER TABLE "CandleDay" ADD CONSTRAINT "CandleDay_count_positive" CHECK ("count" > 0);
ALTER TABLE "TickDay" ADD CONSTRAINT "TickDay_count_positive" CHECK ("count" > 0);

ALTER TABLE "CalendarDay"
  ADD CONSTRAINT "CalendarDay_minutes_ordered"
  CHECK ("openMinute" BETWEEN 0 AND 1440 AND "closeMinute" BETWEEN "openMinute" AND 1440
    AND "squareOffMinute" BETWEEN "openMinute" AND "closeMinute");

ALTER TABLE "RateCard"
  ADD CONSTRAINT "RateCard_dates_ordered" CHECK ("validTo" >= "validFrom");

ALTER TABLE "Quote"
  ADD CONSTRAINT "Quote_lastPrice_positive" CHECK ("lastPrice" > 0),
  ADD CONSTRAINT "Quote_volume_not_negative" CHECK ("volume" >= 0);

ALTER TABLE "ReplaySession"
  ADD CONSTRAINT "ReplaySession_range_ordered" CHECK ("rangeFrom" < "rangeTo"),
  ADD CONSTRAINT "ReplaySession_speed_positive" CHECK ("speed" > 0);

-- ---------------------------------------------------------------- runs

ALTER TABLE "Run"
  ADD CONSTRAINT "Run_initialCapital_positive" CHECK ("initialCapital" > 0),
  ADD CONSTRAINT "Run_progress_percent" CHECK ("progress" BETWEEN 0 AND 100);

-- ---------------------------------------------------------------- orders and fills

ALTER TABLE "Order"
  ADD CONSTRAINT "Order_clientOrderId_form" CHECK ("clientOrderId" ~ '^[0-9A-Za-z]{20}$'),
  ADD CONSTRAINT "Order_quantity_positive" CHECK ("quantity" > 0),
  ADD CONSTRAINT "Order_filledQuantity_within" CHECK ("filledQuantity" BETWEEN 0 AND "quantity"),
  ADD CONSTRAINT "Order_price_positive" CHECK ("price" > 0),
  ADD CONSTRAINT "Order_triggerPrice_positive" CHECK ("triggerPrice" > 0),
  ADD CONSTRAINT "Order_averagePrice_positive" CHECK ("averagePrice" > 0),
  ADD CONSTRAINT "Order_price_given" CHECK ("type" NOT IN ('LIMIT', 'SL') OR "price" IS NOT NULL),
  ADD CONSTRAINT "Order_triggerPrice_given"
  CHECK ("type" NOT IN ('SL', 'SL_M') OR "triggerPrice" IS NOT NULL);

ALTER TABLE "Fill"
  ADD CONSTRAINT "Fill_quantity_positive" CHECK ("quantity" > 0),
  ADD CONSTRAINT "Fill_price_positive" CHECK ("price" > 0),
  ADD CONSTRAINT "Fill_charges_not_negative"
  CHECK (LEAST("brokerage", "securitiesTransactionTax", "exchangeTransactionCharge",
    "sebiTurnoverFee", "stampDuty", "goodsAndServicesTax") >= 0);

ALTER TABLE "SimulatedOrder"
  ADD CONSTRAINT "SimulatedOrder_quantity_positive" CHECK ("quantity" > 0),
  ADD CONSTRAINT "SimulatedOrder_filledQuantity_within"
  CHECK ("filledQuantity" BETWEEN 0 AND "quantity");

ALTER TABLE "SimulatedExecution"
  ADD CONSTRAINT "SimulatedExecution_quantity_positive" CHECK ("quantity" > 0),
  ADD CONSTRAINT "SimulatedExecution_price_positive" CHECK ("price" > 0);

-- ---------------------------------------------------------------- portfolios

ALTER TABLE "Portfolio"
  ADD CONSTRAINT "Portfolio_initialCapital_positive" CHECK ("initialCapital" > 0);

ALTER TABLE "Position"
  ADD CONSTRAINT "Position_amounts_not_negative"
  CHECK (LEAST("buyQuantity", "buyValue", "sellQuantity", "sellValue") >= 0);

ALTER TABLE "Trade"
  ADD CONSTRAINT "Trade_quantity_positive" CHECK ("quantity" > 0),
  ADD CONSTRAINT "Trade_prices_positive" CHECK ("entryPrice" > 0 AND "exitPrice" > 0),
  ADD CONSTRAINT "Trade_times_ordered" CHECK ("exitAt" >= "entryAt"),
  ADD CONSTRAINT "Trade_closed_is_complete"
  CHECK (("status" = 'CLOSED') = ("exitPrice" IS NOT NULL AND "exitAt" IS NOT NULL
    AND "exitReason" IS NOT NULL AND "grossPnl" IS NOT NULL)),
  ADD CONSTRAINT "Trade_charges_not_negative"
  CHECK (LEAST("brokerage", "securitiesTransactionTax", "exchangeTransactionCharge",
    "sebiTurnoverFee", "stampDuty", "goodsAndServicesTax") >= 0);

ALTER TABLE "ContractNote"
  ADD CONSTRAINT "ContractNote_total_adds_up"
  CHECK ("total" = "brokerage" + "securitiesTransactionTax" + "exchangeTransactionCharge"
    + "sebiTurnoverFee" + "stampDuty" + "goodsAndServicesTax" + "depositoryParticipantCharge");

ALTER TABLE "RiskLimits"
  ADD CONSTRAINT "RiskLimits_positive"
  CHECK ("maxOrderValue" > 0 AND "maxOrderQuantity" > 0 AND "maxOpenPositions" >= 0);

-- ---------------------------------------------------------------- the ledger balances

-- Looked at when the transaction commits, so that the entries may be written one after another.
CREATE FUNCTION "ledger_transaction_balances"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  balance numeric;
BEGIN
  SELECT sum("amount") INTO balance FROM "LedgerEntry" WHERE "transactionId" = NEW."transactionId";
  IF balance <> 0 THEN
    RAISE EXCEPTION 'Ledger transaction % is out of balance by %', NEW."transactionId", balance
      USING ERRCODE = 'check_violation', CONSTRAINT = 'LedgerEntry_balances';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "LedgerEntry_balances" AFTER INSERT ON "LedgerEntry"
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION "ledger_transaction_balances"();

-- ---------------------------------------------------------------- rows that never change

-- A row leaves only with its owner: a cascade fires this from within the foreign key's trigger.
CREATE FUNCTION "append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND pg_trigger_depth() > 1 THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% of "%" refused: its rows are written once', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER "LedgerEntry_append_only" BEFORE UPDATE OR DELETE ON "LedgerEntry"
  FOR EACH ROW EXECUTE FUNCTION "append_only"();
CREATE TRIGGER "LedgerEntry_no_truncate" BEFORE TRUNCATE ON "LedgerEntry"
  FOR EACH STATEMENT EXECUTE FUNCTION "append_only"();
CREATE TRIGGER "OrderEvent_append_only" BEFORE UPDATE OR DELETE ON "OrderEvent"
  FOR EACH ROW EXECUTE FUNCTION "append_only"();
CREATE TRIGGER "OrderEvent_no_truncate" BEFORE TRUNCATE ON "OrderEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION "append_only"();
CREATE TRIGGER "StrategyVersion_append_only" BEFORE UPDATE OR DELETE ON "StrategyVersion"
  FOR EACH ROW EXECUTE FUNCTION "append_only"();
