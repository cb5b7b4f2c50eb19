/** A latch between those who have news and one loop that waits for them; a call is never lost. */
export class WakeCall {
  #called = false;
  #answer: (() => void) | null = null;

  /** There is something to look at. */
  call(): void {
    this.#called = true;
    this.#answer?.();
  }

  /** Resolves at the next call, at once where one is waiting, and after `timeoutMs` at the latest. */
  async wait(timeoutMs: number): Promise<void> {
    if (!this.#called) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#answer = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#answer = null;
    }
    this.#called = false;
  }
}
