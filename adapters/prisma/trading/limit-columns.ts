import type { RiskLimits } from '@nandax/core/risk/risk-limits.ts';
import type { Decimal } from 'decimal.js';
import type { Prisma } from '../generated/client.ts';
import { exactOrNull } from './exact.ts';

/** The limits in a row of theirs. */
export function limitsOfRow(row: Prisma.RiskLimitsGetPayload<object>): RiskLimits {
  return {
    maxCapitalPerTrade: exactOrNull(row.maxCapitalPerTrade),
    maxOrderValue: exactOrNull(row.maxOrderValue),
    maxOrderQuantity: exactOrNull(row.maxOrderQuantity),
    maxOpenPositions: exactOrNull(row.maxOpenPositions),
    maxInstrumentExposure: exactOrNull(row.maxInstrumentExposure),
    maxTotalExposure: exactOrNull(row.maxTotalExposure),
    maxOrdersPerSecond: exactOrNull(row.maxOrdersPerSecond),
    maxOrdersPerMinute: exactOrNull(row.maxOrdersPerMinute),
    maxOrdersPerDay: exactOrNull(row.maxOrdersPerDay),
    maxDailyLoss: exactOrNull(row.maxDailyLoss),
    maxDailyProfit: exactOrNull(row.maxDailyProfit),
    maxDrawdown: exactOrNull(row.maxDrawdown),
    maxConsecutiveLosses: exactOrNull(row.maxConsecutiveLosses),
    lossCoolDownMinutes: row.lossCoolDownMinutes,
    maxPriceDeviation: exactOrNull(row.maxPriceDeviation),
    allowedInstrumentIds: row.restrictsInstruments ? row.allowedInstrumentIds : null,
    entriesFromMinute: row.entriesFromMinute,
    entriesUntilMinute: row.entriesUntilMinute,
  };
}

/** Limits as their row's columns. */
export function limitColumns(limits: RiskLimits) {
  const amount = (value: Decimal | null): string | null => value?.toFixed() ?? null;
  const count = (value: Decimal | null): number | null => value?.toNumber() ?? null;
  return {
    maxCapitalPerTrade: amount(limits.maxCapitalPerTrade),
    maxOrderValue: amount(limits.maxOrderValue),
    maxOrderQuantity: amount(limits.maxOrderQuantity),
    maxOpenPositions: count(limits.maxOpenPositions),
    maxInstrumentExposure: amount(limits.maxInstrumentExposure),
    maxTotalExposure: amount(limits.maxTotalExposure),
    maxOrdersPerSecond: count(limits.maxOrdersPerSecond),
    maxOrdersPerMinute: count(limits.maxOrdersPerMinute),
    maxOrdersPerDay: count(limits.maxOrdersPerDay),
    maxDailyLoss: amount(limits.maxDailyLoss),
    maxDailyProfit: amount(limits.maxDailyProfit),
    maxDrawdown: amount(limits.maxDrawdown),
    maxConsecutiveLosses: count(limits.maxConsecutiveLosses),
    lossCoolDownMinutes: limits.lossCoolDownMinutes,
    maxPriceDeviation: amount(limits.maxPriceDeviation),
    restrictsInstruments: limits.allowedInstrumentIds !== null,
    allowedInstrumentIds: [...(limits.allowedInstrumentIds ?? [])],
    entriesFromMinute: limits.entriesFromMinute,
    entriesUntilMinute: limits.entriesUntilMinute,
  };
}
