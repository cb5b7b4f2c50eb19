import { omit } from '@nandax/core/omit.ts';
import type { Json } from '@nandax/app/ports/events.ts';
import type { AgentDecisionRecord, DecidedSignal, RunRows } from '@nandax/app/ports/runs.ts';
import type { AgentRecord } from '@nandax/app/records.ts';
import type { Prisma } from '../generated/client.ts';
import type { TransactionClient } from './transaction-client.ts';

function toAgent(row: Prisma.AgentGetPayload<object> | null): AgentRecord | null {
  if (row === null) return null;
  return omit(row, 'deletedAt');
}

type AgentRows = Pick<
  RunRows,
  | 'findAgent'
  | 'insertAgent'
  | 'lockAgent'
  | 'startedAgentsOfClosedAccounts'
  | 'saveAgent'
  | 'signalsOfDecision'
  | 'latestMemory'
  | 'insertDecision'
>;

/** Agents and what they decided, of one transaction. */
export function agentRows(client: TransactionClient): AgentRows {
  return {
    async findAgent(id: string, userId: string) {
      return toAgent(await client.agent.findFirst({ where: { id, userId, deletedAt: null } }));
    },

    async insertAgent(agent: AgentRecord): Promise<void> {
      await client.agent.create({ data: agent });
    },

    async lockAgent(agentId: string, userId: string) {
      await client.$queryRaw`
        SELECT 1 FROM "Agent" WHERE "id" = ${agentId}::uuid FOR UPDATE`;
      return this.findAgent(agentId, userId);
    },

    async startedAgentsOfClosedAccounts() {
      const rows = await client.agent.findMany({
        where: {
          status: { in: ['RUNNING', 'PAUSED'] },
          user: { OR: [{ deletedAt: { not: null } }, { suspendedAt: { not: null } }] },
        },
        select: { id: true, userId: true },
      });
      return rows.map(({ id, userId }) => ({ agentId: id, userId }));
    },

    async saveAgent(
      agentId: string,
      change: Pick<AgentRecord, 'status' | 'statusReason' | 'currentRunId'>,
      updatedAt: Date,
    ): Promise<void> {
      const { status, statusReason, currentRunId } = change;
      await client.agent.update({
        where: { id: agentId },
        data: { status, statusReason, currentRunId, updatedAt },
      });
    },

    async signalsOfDecision(decisionId: string): Promise<readonly DecidedSignal[]> {
      const row = await client.agentDecision.findUnique({
        where: { id: decisionId },
        select: { signals: true },
      });
      return (row?.signals ?? []) as unknown as readonly DecidedSignal[];
    },

    async latestMemory(runId: string) {
      const row = await client.agentDecision.findFirst({
        where: { runId },
        orderBy: [{ barTime: 'desc' }, { createdAt: 'desc' }],
        select: { memory: true },
      });
      return row === null ? null : (row.memory as Json);
    },

    async insertDecision(decision: AgentDecisionRecord): Promise<boolean> {
      const { count } = await client.agentDecision.createMany({
        data: {
          ...decision,
          signals: decision.signals as Prisma.InputJsonValue,
          inputs: decision.inputs as Prisma.InputJsonValue,
          memory: decision.memory as Prisma.InputJsonValue,
        },
        skipDuplicates: true,
      });
      return count === 1;
    },
  };
}
