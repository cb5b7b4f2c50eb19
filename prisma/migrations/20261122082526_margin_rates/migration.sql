-- CreateTable
CREATE TABLE "MarginRate" (
    "product" "ProductType" NOT NULL,
    "validFrom" DATE NOT NULL,
    "validTo" DATE,
    "percent" DECIMAL(9,4) NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "MarginRate_pkey" PRIMARY KEY ("product","validFrom")
);

-- By hand.
ALTER TABLE "MarginRate"
  ADD CONSTRAINT "MarginRate_percent" CHECK ("percent" > 0 AND "percent" <= 100),
  ADD CONSTRAINT "MarginRate_dates_ordered" CHECK ("validTo" >= "validFrom");
