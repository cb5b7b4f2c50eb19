-- "No instrument may be entered" and "all may" were both the empty list. Lists that name some go on
-- restricting; the empty ones were read as all, and stay that.

ALTER TABLE "RiskLimits" ADD COLUMN "restrictsInstruments" BOOLEAN NOT NULL DEFAULT false;
UPDATE "RiskLimits" SET "restrictsInstruments" = true WHERE cardinality("allowedInstrumentIds") > 0;
ALTER TABLE "RiskLimits" ADD CONSTRAINT "RiskLimits_named_instruments_restrict"
  CHECK ("restrictsInstruments" OR COALESCE(cardinality("allowedInstrumentIds"), 0) = 0);
