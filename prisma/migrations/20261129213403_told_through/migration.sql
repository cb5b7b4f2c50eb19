-- AlterTable
ALTER TABLE "Feed" ADD COLUMN     "toldThrough" TIMESTAMPTZ(3);
