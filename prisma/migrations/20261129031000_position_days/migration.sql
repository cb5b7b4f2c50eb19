-- Positions are kept by days, as the broker shows them: what was carried and what traded in the day.

ALTER TABLE "Position"
  ADD COLUMN "bookDay" DATE,
  ADD COLUMN "bookFeedId" UUID,
  ADD COLUMN "overnightQuantity" DECIMAL(20,6) NOT NULL DEFAULT 0,
  ADD COLUMN "overnightValue" DECIMAL(20,4) NOT NULL DEFAULT 0,
  ADD COLUMN "dayBuyQuantity" DECIMAL(20,6) NOT NULL DEFAULT 0,
  ADD COLUMN "dayBuyValue" DECIMAL(20,4) NOT NULL DEFAULT 0,
  ADD COLUMN "daySellQuantity" DECIMAL(20,6) NOT NULL DEFAULT 0,
  ADD COLUMN "daySellValue" DECIMAL(20,4) NOT NULL DEFAULT 0,
  ADD COLUMN "previousDay" DATE,
  ADD COLUMN "previousFeedId" UUID,
  ADD COLUMN "previousQuantity" DECIMAL(20,6) NOT NULL DEFAULT 0;

-- What traded before is known by its fills. Days before the last one are not told apart any more: what
-- was carried out of them counts at the average over all of them, and as delivered.
WITH fills AS (
  SELECT p."id" AS "positionId", f."tradingDay", f."feedId", f."executedAt", f."side", f."quantity",
    f."quantity" * f."price" * i."multiplier" AS "value",
    dense_rank() OVER (PARTITION BY p."id" ORDER BY f."createdAt" DESC, f."id" DESC) = 1 AS "last"
  FROM "Position" p
  JOIN "Portfolio" o ON o."id" = p."portfolioId"
  JOIN "Instrument" i ON i."id" = p."instrumentId"
  JOIN "Fill" f ON f."portfolioId" = p."portfolioId" AND f."instrumentId" = p."instrumentId"
    AND f."product" = p."product"
    AND (o."epochStartedAt" IS NULL OR f."createdAt" >= o."epochStartedAt")
), days AS (
  SELECT DISTINCT ON (f."positionId") f."positionId", f."tradingDay", f."feedId"
  FROM fills f WHERE f."last"
), traded AS (
  SELECT d.*,
    coalesce(sum(f."quantity") FILTER (WHERE f."side" = 'BUY'), 0) AS "bought",
    coalesce(sum(f."value") FILTER (WHERE f."side" = 'BUY'), 0) AS "paid",
    coalesce(sum(f."quantity") FILTER (WHERE f."side" = 'SELL'), 0) AS "sold",
    coalesce(sum(f."value") FILTER (WHERE f."side" = 'SELL'), 0) AS "received"
  FROM days d JOIN fills f ON f."positionId" = d."positionId" AND f."tradingDay" = d."tradingDay"
    AND f."feedId" IS NOT DISTINCT FROM d."feedId"
  GROUP BY d."positionId", d."tradingDay", d."feedId"
), carried AS (
  SELECT t.*, p."buyQuantity" - p."sellQuantity" - (t."bought" - t."sold") AS "overnight"
  FROM traded t JOIN "Position" p ON p."id" = t."positionId"
)
UPDATE "Position" p SET
  "bookDay" = c."tradingDay", "bookFeedId" = c."feedId",
  "overnightQuantity" = c."overnight",
  "overnightValue" = round(CASE
    WHEN c."overnight" > 0 THEN c."overnight" * p."buyValue" / p."buyQuantity"
    WHEN c."overnight" < 0 THEN -c."overnight" * p."sellValue" / p."sellQuantity"
    ELSE 0 END, 4),
  "dayBuyQuantity" = c."bought", "dayBuyValue" = c."paid",
  "daySellQuantity" = c."sold", "daySellValue" = c."received"
FROM carried c WHERE c."positionId" = p."id";
