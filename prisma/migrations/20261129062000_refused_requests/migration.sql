-- What a key was answered where no order and no GTT came of it: the same answer for ever, a denial included.

CREATE TYPE "RequestSubject" AS ENUM ('ORDERS', 'GTT');

CREATE TABLE "RefusedRequest" (
  "userId" UUID NOT NULL,
  "subject" "RequestSubject" NOT NULL,
  "idempotencyKey" TEXT NOT NULL,
  "requestHash" TEXT NOT NULL,
  "failure" JSONB NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "RefusedRequest_pkey" PRIMARY KEY ("userId", "subject", "idempotencyKey"),
  CONSTRAINT "RefusedRequest_userId_fkey" FOREIGN KEY ("userId")
    REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
