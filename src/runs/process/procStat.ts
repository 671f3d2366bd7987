/** Linux's /proc/<pid>/stat: one line, whose second field (the command, in brackets) may hold anything. */

/** What of /proc/<pid>/stat matters here. */
export interface ProcStat {
  /** One letter: R running, S sleeping, Z zombie, X dead, ... */
  readonly state: string;
  readonly parent: number;
  /** Clock ticks between boot and the start of the process. */
  readonly startTicks: string;
}

/** Parses the line (man 5 proc_pid_stat); undefined if it is none. */
export function parseProcStat(line: string): ProcStat | undefined {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const [state, parent] = fields;
  const startTicks = fields[19];
  if (state === undefined || startTicks === undefined || !/^\d+$/.test(startTicks)) return undefined;
  return { state, parent: Number(parent), startTicks };
}
