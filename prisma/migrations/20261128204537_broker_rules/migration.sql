-- CreateTable
CREATE TABLE "BrokerRules" (
    "broker" TEXT NOT NULL,
    "validFrom" DATE NOT NULL,
    "validTo" DATE,
    "rules" JSONB NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "BrokerRules_pkey" PRIMARY KEY ("broker","validFrom")
);
