-- Why a trade was entered, in words and numbers; of older trades nobody wrote it down.
ALTER TABLE "Trade" ADD COLUMN "entryReason" TEXT;
