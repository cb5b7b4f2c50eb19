-- AlterTable
ALTER TABLE "Order" ADD COLUMN     "requestKind" "OrderRequestKind" NOT NULL DEFAULT 'SINGLE';
