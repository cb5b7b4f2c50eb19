-- Whether a backtest deserves trust; runs of before were not looked into.
ALTER TABLE "Run" ADD COLUMN "biasReport" JSONB;
