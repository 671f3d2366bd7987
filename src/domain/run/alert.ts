/** Alerts name a cause and a remedy; one is one line of alerts.jsonl. */
export interface Alert {
  readonly kind: string;
  readonly severity: 'information' | 'warning' | 'error';
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly cause: string;
  readonly remedy: string;
}
