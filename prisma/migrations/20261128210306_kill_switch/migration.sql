-- AlterTable
ALTER TABLE "TradingState" ADD COLUMN     "killSwitchId" UUID;
