/**
 * Drawing spread over frames: what has changed waits in a set, the most urgent first, and each frame draws as much as
 * it has time for. What changes again while it waits keeps its place, so nothing starves under a turning wheel.
 */

/** Milliseconds of a frame that drawing may take; the browser needs the rest. */
const BUDGET_MS = 12;

/** Something that can be drawn. */
export interface Task {
  run(): void;
  /** True for what the reader works with at the moment. */
  isUrgent(): boolean;
}

/** Draws tasks in frames. */
export class FrameWork {
  readonly #waiting = new Set<Task>();
  #isScheduled = false;

  /** Draws a task in one of the next frames; once, however often it is added. */
  add(task: Task): void {
    this.#waiting.add(task);
    this.#schedule();
  }

  /** Forgets a task. */
  drop(task: Task): void {
    this.#waiting.delete(task);
  }

  /** Draws what there is time for at once; call it inside a frame, so that the reader does not wait for the next. */
  drawNow(): void {
    this.#drawFrame();
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled || this.#waiting.size === 0) return;
    this.#isScheduled = true;
    requestAnimationFrame(() => {
      this.#isScheduled = false;
      this.#drawFrame();
      this.#schedule();
    });
  }

  #drawFrame(): void {
    const deadline = performance.now() + BUDGET_MS;
    for (const task of [...this.#waiting].sort((a, b) => Number(b.isUrgent()) - Number(a.isUrgent()))) {
      this.#waiting.delete(task);
      task.run();
      if (performance.now() > deadline) return;
    }
  }
}
