/** From the least to the gravest. */
export const SEVERITIES = ['information', 'warning', 'error'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Alerts name a cause and a remedy; one is one line of alerts.jsonl. */
export interface Alert {
  readonly kind: string;
  readonly severity: Severity;
  readonly step: number;
  /** The first step of what it is about, where that was seen before it was said. */
  readonly since?: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly cause: string;
  readonly remedy: string;
}

/** Whether an alert is of a severity or a graver one. */
export function isAtLeast({ severity }: Pick<Alert, 'severity'>, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}
