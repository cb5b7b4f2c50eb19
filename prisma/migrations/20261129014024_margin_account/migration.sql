-- AlterEnum
ALTER TYPE "LedgerAccount" ADD VALUE 'MARGIN';

-- AlterEnum
ALTER TYPE "LedgerEntryKind" ADD VALUE 'RESTATEMENT';

-- AlterTable
ALTER TABLE "Instrument" ADD COLUMN     "strikePrice" DECIMAL(20,4);

-- Reference data: the seed, which follows the migrations, writes it anew with the new columns.
DELETE FROM "MarginRate";

-- AlterTable
ALTER TABLE "MarginRate" DROP CONSTRAINT "MarginRate_pkey",
ADD COLUMN     "estimate" BOOLEAN NOT NULL,
ADD COLUMN     "segment" TEXT NOT NULL,
ADD COLUMN     "side" "OrderSide" NOT NULL,
ADD CONSTRAINT "MarginRate_pkey" PRIMARY KEY ("product", "segment", "side", "validFrom");

-- AlterTable
ALTER TABLE "Position" ADD COLUMN     "margin" DECIMAL(20,2) NOT NULL DEFAULT 0;

ALTER TABLE "Position"
  ADD CONSTRAINT "Position_margin_not_negative" CHECK ("margin" >= 0);

ALTER TABLE "Instrument"
  ADD CONSTRAINT "Instrument_strikePrice_positive" CHECK ("strikePrice" > 0);
