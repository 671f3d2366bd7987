/** How often the kernel killed for lack of memory in this control group; undefined where nobody counts. */
import { readFile } from 'node:fs/promises';

const COUNTERS = ['/sys/fs/cgroup/memory.events', '/sys/fs/cgroup/memory/memory.oom_control'];

/** The count of kills so far (cgroup v2 memory.events, v1 memory.oom_control). */
export async function countMemoryKills(): Promise<number | undefined> {
  for (const path of COUNTERS) {
    const text = await readFile(path, 'utf8').catch(() => '');
    const count = /^oom_kill (\d+)$/m.exec(text)?.[1];
    if (count !== undefined) return Number(count);
  }
  return undefined;
}
