-- AlterTable
ALTER TABLE "Instrument" ADD COLUMN     "multiplier" DECIMAL(20,6) NOT NULL DEFAULT 1;

ALTER TABLE "Instrument"
  ADD CONSTRAINT "Instrument_multiplier_positive" CHECK ("multiplier" > 0);
