-- AlterTable
ALTER TABLE "Quote" ADD COLUMN     "lowerBand" DECIMAL(20,4),
ADD COLUMN     "upperBand" DECIMAL(20,4);

-- CreateTable
CREATE TABLE "PriceBand" (
    "segment" TEXT NOT NULL,
    "type" "InstrumentType" NOT NULL,
    "validFrom" DATE NOT NULL,
    "validTo" DATE,
    "percent" DECIMAL(9,4) NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "PriceBand_pkey" PRIMARY KEY ("segment","type","validFrom")
);
