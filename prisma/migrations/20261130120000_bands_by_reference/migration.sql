-- CreateEnum
CREATE TYPE "BandReference" AS ENUM ('PREVIOUS_CLOSE', 'AUCTION_REFERENCE', 'LAST_PRICE');

-- AlterTable
ALTER TABLE "PriceBand" DROP CONSTRAINT "PriceBand_pkey",
ADD COLUMN     "leastRupees" DECIMAL(20,4),
ADD COLUMN     "reference" "BandReference" NOT NULL DEFAULT 'PREVIOUS_CLOSE',
ADD CONSTRAINT "PriceBand_pkey" PRIMARY KEY ("segment", "type", "reference", "validFrom");

-- AlterTable
ALTER TABLE "PriceBand" ALTER COLUMN "reference" DROP DEFAULT;
