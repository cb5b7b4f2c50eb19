import { hostname } from 'node:os';
import { Decimal } from 'decimal.js';
import { RunWalks } from '@nandax/app/agents/run-walks.ts';
import type { JobConsumer } from '@nandax/app/ports/queue.ts';
import { forgetReadings } from '@nandax/app/reconciliation/reconcile-accounts.ts';
import { fileAnchor } from '@nandax/adapters/audit/file-anchor.ts';
import { createBus } from '@nandax/adapters/bus/create-bus.ts';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { systemIds } from '@nandax/adapters/clock/system-ids.ts';
import type { Environment, WorkerRole } from '@nandax/adapters/env/environment.ts';
import { settingsOf } from '@nandax/adapters/env/settings.ts';
import { createLimits } from '@nandax/adapters/limits/create-limits.ts';
import { createLog } from '@nandax/adapters/log/pino-log.ts';
import { smtpTransport } from '@nandax/adapters/mail/smtp-transport.ts';
import { paperBrokers } from '@nandax/adapters/paper/paper-broker.ts';
import { dataFolder } from '@nandax/adapters/postgres/data-folder.ts';
import { accountStore } from '@nandax/adapters/prisma/accounts/account-store.ts';
import { prismaExpiredRows } from '@nandax/adapters/prisma/accounts/expired-rows.ts';
import { prismaLetterBox } from '@nandax/adapters/prisma/accounts/letter-box.ts';
import { prismaAuditTrail } from '@nandax/adapters/prisma/audit/audit-trail.ts';
import { createPrisma } from '@nandax/adapters/prisma/client.ts';
import { prismaHistory } from '@nandax/adapters/prisma/trading/history.ts';
import { prismaStore } from '@nandax/adapters/prisma/trading/store.ts';
import { createJobConsumers } from '@nandax/adapters/queue/job-consumers.ts';
import { createJobQueue } from '@nandax/adapters/queue/job-queue.ts';
import { queuePlaceOf } from '@nandax/adapters/queue/queue-backend.ts';
import { installationKeyRing } from '@nandax/adapters/secrets/installation-key-ring.ts';
import { createSealer } from '@nandax/adapters/secrets/sealer.ts';
import { threadBacktestRunner } from '@nandax/adapters/threads/thread-backtest-runner.ts';
import { threadTrials } from '@nandax/adapters/threads/thread-trials.ts';
import { FeedOwners } from './feed/feed-owner.ts';
import {
  accountReconciliation,
  auditAnchoring,
  housekeeping,
  killSwitchSweep,
  orderReconciliation,
  outboxRelay,
  postOffice,
} from './plans.ts';
import { exhaustedHandler, jobHandlers, type WorkerPorts } from './processors/handlers.ts';
import { Rounds, type RoundsPlan } from './rounds.ts';

/** How long jobs may take to finish when the worker stops. */
const drainMs = 8_000;
/** Jobs of one queue at a time in one process; beside a long search a backtest goes on. */
const concurrency = { trading: 8, agents: 8, backtests: 2 } as const;

/** A worker that runs. */
export interface RunningWorker {
  /** Stops taking work, finishes what is under way, then lets go of database and queue. */
  close(): Promise<void>;
}

/** Puts the worker together from its parts and starts the roles the environment gives it. */
export async function startWorker(environment: Environment): Promise<RunningWorker> {
  const { databaseUrl, directUrl, redisUrl, logLevel, workerRoles, smtpUrl } = environment;
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is not set.');
  const direct = directUrl ?? databaseUrl;
  const log = createLog({ process: 'worker', level: logLevel });
  const prisma = createPrisma(databaseUrl, { maxConnections: 20 });
  const bus = createBus({ redisUrl, directUrl: direct, log });
  const place = queuePlaceOf({ redisUrl, directUrl: direct });
  const queue = createJobQueue({ place, log });
  const clock = systemClock;
  const ids = systemIds();
  const ring = installationKeyRing(environment.keyRing, dataFolder(environment.home));
  const sealer = createSealer(ring);
  const store = prismaStore(prisma, { sealer, ids });
  const history = prismaHistory(prisma, clock);
  const backtests = threadBacktestRunner();
  const trials = threadTrials();
  const limits = createLimits({ redisUrl, prisma, log });
  const ports: WorkerPorts = {
    clock,
    ids,
    log,
    store,
    history,
    queue,
    bus,
    brokers: paperBrokers({ store, history, clock, bus }),
    traffic: limits.traffic,
    walks: new RunWalks(history, clock),
    backtests,
    trials,
  };
  const accountPorts = {
    ...ports,
    accounts: accountStore(prisma, { sealer, ids }),
    settings: settingsOf(environment, environment.port ?? 3000),
  };
  const mail =
    smtpUrl === undefined ? null : smtpTransport({ url: smtpUrl, from: environment.mailFrom });

  const has = (role: WorkerRole): boolean => workerRoles.includes(role);
  if (has('trading')) await forgetReadings(ports);
  const consumers = createJobConsumers({ place, log });
  const handlers = jobHandlers(ports);
  const onExhausted = exhaustedHandler(ports);
  const running: JobConsumer[] = (['trading', 'agents', 'backtests'] as const)
    .filter(has)
    .map((name) =>
      consumers.consume(name, handlers, { concurrency: concurrency[name], onExhausted }),
    );
  const auditAnchor = fileAnchor(ring, dataFolder(environment.home));
  const auditTrail = prismaAuditTrail(prisma);
  const letterBox = prismaLetterBox(prisma, sealer);
  const expiredRows = prismaExpiredRows(prisma);
  const tradingPlans = [
    killSwitchSweep(ports),
    orderReconciliation(ports),
    accountReconciliation({ ...ports, fundsTolerance: new Decimal(environment.fundsTolerance) }),
    housekeeping({ ...accountPorts, expiredRows }),
    postOffice({ ...accountPorts, letterBox, mail }),
  ];
  const started = async (plan: RoundsPlan): Promise<Rounds> => {
    const rounds = new Rounds(ports, plan);
    await rounds.start();
    return rounds;
  };
  const relay = await started(outboxRelay(ports));
  const rounds = await Promise.all(has('trading') ? tradingPlans.map(started) : []);
  const anchoring = has('trading')
    ? await started(auditAnchoring({ auditTrail, auditAnchor, clock, log }))
    : null;
  const feeds = new FeedOwners(ports, `${hostname()}-${process.pid}`);
  if (has('feed')) await feeds.start();
  log.info({ roles: workerRoles }, 'worker ready');

  return {
    async close() {
      // Feeds first: a replay in step needs the jobs of its minute to finish it.
      await feeds.close();
      await Promise.all(running.map((consumer) => consumer.close(drainMs)));
      await Promise.all(rounds.map((one) => one.close()));
      mail?.close();
      await relay.close();
      await anchoring?.close();
      await backtests.close();
      await trials.close();
      await queue.close();
      await bus.close();
      limits.close();
      await prisma.$disconnect();
    },
  };
}
