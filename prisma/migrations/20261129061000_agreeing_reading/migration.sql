-- When the last reading of a broker's books agreed: a kill switch calls a live account flat by it alone.
ALTER TABLE "AccountReading" ADD COLUMN "agreeingAt" TIMESTAMPTZ(3);
