-- AlterTable
ALTER TABLE "Order" ADD COLUMN     "termsRevision" INTEGER NOT NULL DEFAULT 0;
