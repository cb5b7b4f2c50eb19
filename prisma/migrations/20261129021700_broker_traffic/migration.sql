-- AlterTable
ALTER TABLE "Order" ADD COLUMN     "reducing" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "TrafficCount" (
    "account" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "counts" JSONB NOT NULL,

    CONSTRAINT "TrafficCount_pkey" PRIMARY KEY ("account")
);
