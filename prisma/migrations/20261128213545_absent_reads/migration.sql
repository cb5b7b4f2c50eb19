-- AlterTable
ALTER TABLE "Order" ADD COLUMN     "absentReads" INTEGER NOT NULL DEFAULT 0;
