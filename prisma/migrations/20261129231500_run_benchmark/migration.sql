-- What a backtest's capital would be worth in its instruments; runs of before have none.
ALTER TABLE "Run" ADD COLUMN "benchmark" BYTEA;
