/** Hyper-parameters that lie beside logs in files of their own. */
import { readFile, stat } from 'node:fs/promises';
import type { Parameters } from '../../formats/events/sink';
import { parseHparamsYaml } from '../../formats/logs/hparamsYaml';

const MOST_BYTES = 2 ** 20;

/** Reads each file once for each time that it was written. */
export class ParameterFiles {
  private readonly writtenAt = new Map<string, number>();
  private readonly failures = new Map<string, string>();

  /** One sentence for each file that is no parameters. */
  get problems(): string[] {
    return [...this.failures.values()];
  }

  /** What a file says if it is new or was written since; undefined otherwise. Never throws. */
  async read(path: string): Promise<Parameters | undefined> {
    const stats = await stat(path).catch(() => undefined);
    if (stats === undefined || stats.mtimeMs === this.writtenAt.get(path)) return undefined;
    this.writtenAt.set(path, stats.mtimeMs);
    const text = stats.size > MOST_BYTES ? undefined : await readFile(path, 'utf8').catch(() => '');
    const parameters = text === undefined ? undefined : parseHparamsYaml(text);
    if (parameters === undefined)
      this.failures.set(path, `${path} is not read: it is no YAML file of parameters.`);
    else this.failures.delete(path);
    return parameters;
  }

  clear(): void {
    this.writtenAt.clear();
    this.failures.clear();
  }
}
