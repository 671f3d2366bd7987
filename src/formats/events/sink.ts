/** Where the records of an event file go. */

/** Takes what a file says, in its order. Steps are whole numbers, wall times seconds since 1970. */
export interface EventSink {
  scalar(tag: string, step: number, wallTime: number, value: number): void;
  /** A segment begins: earlier points at `step` and later are superseded. */
  sessionStart(step: number, wallTime: number): void;
}
