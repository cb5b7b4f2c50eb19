-- AlterTable
ALTER TABLE "Order" ADD COLUMN     "reduceOnly" BOOLEAN NOT NULL DEFAULT false;

-- AlterEnum
ALTER TYPE "OrderRequestKind" ADD VALUE 'EXIT';
