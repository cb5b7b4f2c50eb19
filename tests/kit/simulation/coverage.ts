import { brokerFaults, type BrokerFault } from '../broker/faults.ts';

/** How often each step was died at, under each fault of the broker: the coverage table. */
export class Coverage {
  readonly #counts = new Map<string, number>();

  constructor(private readonly steps: readonly string[]) {}

  count(step: string, fault: BrokerFault): void {
    this.#counts.set(`${step} ${fault}`, this.of(step, fault) + 1);
  }

  of(step: string, fault: BrokerFault): number {
    return this.#counts.get(`${step} ${fault}`) ?? 0;
  }

  /** Cells in which nothing was ever killed, e.g. `relay: after job added, under DELAY`. */
  emptyCells(): readonly string[] {
    return this.steps.flatMap((step) =>
      brokerFaults
        .filter((fault) => this.of(step, fault) === 0)
        .map((fault) => `${step}, under ${fault}`),
    );
  }

  /** Steps at which nothing was killed under any fault. */
  stepsWithoutKill(): readonly string[] {
    return this.steps.filter((step) => brokerFaults.every((fault) => this.of(step, fault) === 0));
  }

  /** One line a step, one column a fault. */
  print(): string {
    const width = Math.max(...this.steps.map(({ length }) => length));
    const line = (number: string, name: string, cells: readonly (number | string)[]): string =>
      [
        number.padStart(3),
        name.padEnd(width),
        ...cells.map((cell) => String(cell).padStart(9)),
      ].join(' ');
    return [
      line('', 'killed at', brokerFaults),
      ...this.steps.map((step, index) =>
        line(
          String(index + 1),
          step,
          brokerFaults.map((fault) => this.of(step, fault)),
        ),
      ),
    ].join('\n');
  }
}
