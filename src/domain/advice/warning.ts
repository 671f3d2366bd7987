/** What a configuration should be warned of before it runs: a cause and a remedy, each one sentence. */
export interface Warning {
  readonly kind: string;
  readonly cause: string;
  readonly remedy: string;
}
