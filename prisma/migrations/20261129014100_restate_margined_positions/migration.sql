-- Futures and shares traded intraday were booked as if they had been paid for. What is still open is
-- booked anew: its cost comes back into cash, and a fifth of it is blocked (the margin of the day for
-- both), so that closing it settles as if it had been opened today (decision 13).

UPDATE "Position" p
SET "margin" = ceil(100 * 0.2 * abs(p."buyQuantity" - p."sellQuantity")
  * CASE WHEN p."buyQuantity" > p."sellQuantity" THEN p."buyValue" / p."buyQuantity"
    ELSE p."sellValue" / p."sellQuantity" END) / 100
FROM "Instrument" i
WHERE i."id" = p."instrumentId" AND p."buyQuantity" <> p."sellQuantity"
  AND (i."type" = 'FUTURE'
    OR (p."product" = 'MIS' AND i."type" NOT IN ('CALL_OPTION', 'PUT_OPTION')));

WITH restated AS (
  SELECT p."id", p."portfolioId", p."margin", i."tradingSymbol", gen_random_uuid() AS "transactionId",
    COALESCE(f."marketTime", now()) AS "postedAt",
    COALESCE((
      SELECT sum(CASE t."direction" WHEN 'LONG' THEN 1 ELSE -1 END
        * round(t."quantity" * t."entryPrice" * i."multiplier", 2))
      FROM "Trade" t
      WHERE t."status" = 'OPEN' AND t."portfolioId" = p."portfolioId"
        AND t."instrumentId" = p."instrumentId" AND t."product" = p."product"), 0) AS cost
  FROM "Position" p
  JOIN "Instrument" i ON i."id" = p."instrumentId"
  JOIN "Portfolio" o ON o."id" = p."portfolioId"
  LEFT JOIN "Feed" f ON f."id" = o."feedId"
  WHERE i."type" = 'FUTURE'
    OR (p."product" = 'MIS' AND i."type" NOT IN ('CALL_OPTION', 'PUT_OPTION'))
)
INSERT INTO "LedgerEntry" ("portfolioId", "transactionId", "kind", "account", "amount", "reference",
  "description", "postedAt", "createdAt")
SELECT r."portfolioId", r."transactionId", 'RESTATEMENT', line.account, line.amount, r."id"::text,
  'Open position in ' || r."tradingSymbol" || ', booked by its margin', r."postedAt", now()
FROM restated r
CROSS JOIN LATERAL (VALUES
  ('CASH'::"LedgerAccount", r.cost - r."margin"),
  ('MARGIN'::"LedgerAccount", r."margin"),
  ('SECURITIES'::"LedgerAccount", -r.cost)
) AS line (account, amount)
WHERE line.amount <> 0;
