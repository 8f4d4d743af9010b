interface SharedRun<T> {
  readonly answer: Promise<T>;
  readonly abort: AbortController;
  wanted: number;
}

/** Runs of the same content that are wanted at the same time: one is made, and all get its answer. */
export class SharedRuns<T> {
  readonly #running = new Map<string, SharedRun<T>>();

  /**
   * Joins the run of this key or starts it. Whoever gives up gets null, and the others' run goes on; where nobody is left
   * it is aborted, and has ended when the last one gets null.
   */
  async join(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    if (signal.aborted) return null;
    const run = this.#running.get(key) ?? this.#start(key, start);
    run.wanted++;
    let giveUp: (() => void) | undefined;
    const givenUp = new Promise<null>((resolve) => {
      giveUp = () => resolve(null);
      signal.addEventListener("abort", giveUp, { once: true });
    });
    try {
      const answer = await Promise.race([run.answer, givenUp]);
      run.wanted--;
      if (answer !== null || run.wanted > 0) return answer;
      this.#forget(key, run);
      run.abort.abort();
      await run.answer.catch(() => undefined);
      return null;
    } finally {
      if (giveUp) signal.removeEventListener("abort", giveUp);
    }
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<T>): SharedRun<T> {
    const abort = new AbortController();
    const run: SharedRun<T> = { answer: start(abort.signal), abort, wanted: 0 };
    this.#running.set(key, run);
    const forget = (): void => this.#forget(key, run);
    run.answer.then(forget, forget);
    return run;
  }

  #forget(key: string, run: SharedRun<T>): void {
    if (this.#running.get(key) === run) this.#running.delete(key);
  }
}
