/** Where the records of an event file, and the lines of other logs, go. */

/** A hyper-parameter that a run was started with. */
export type ParameterValue = string | number | boolean | null;
/** Hyper-parameters by name; nested names are joined by dots. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** Takes what a file says, in its order. Steps are whole numbers, wall times seconds since 1970. */
export interface EventSink {
  scalar(tag: string, step: number, wallTime: number, value: number): void;
  /** A segment begins: earlier points at `step` and later are superseded. */
  sessionStart(step: number, wallTime: number): void;
  /** Hyper-parameters; a later word on the same one holds. */
  parameters?(values: Parameters): void;
}
