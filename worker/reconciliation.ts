import { reconcileOrders } from '@nandax/app/orders/reconcile-orders.ts';
import type { SubmitPorts } from '@nandax/app/orders/submit-order.ts';

const everyMs = 15_000;

/** Reconciles orders at once and every quarter of a minute, one run at a time. */
export class Reconciliation {
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;

  constructor(private readonly ports: SubmitPorts) {}

  start(): void {
    this.#begin();
    this.#timer = setInterval(() => this.#begin(), everyMs);
  }

  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#running;
  }

  #begin(): void {
    this.#running ??= reconcileOrders(this.ports)
      .catch((error: unknown) => this.ports.log.error({ error }, 'reconciliation failed'))
      .finally(() => {
        this.#running = null;
      });
  }
}
