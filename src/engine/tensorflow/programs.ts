/** Finding programs on PATH, never in the folder that we happen to stand in. */
import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Every program of this name on PATH, in order; relative entries of PATH are left out. */
export function programsOnPath(name: string, path = process.env['PATH'] ?? ''): readonly string[] {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, file)).filter((program) => existsSync(program));
}
