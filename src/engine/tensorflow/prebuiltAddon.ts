/** The add-on that comes with the packaged product, beside its programs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Path of the add-on built for this platform; undefined where it was not built. */
export function prebuiltAddon(): string | undefined {
  const platform = `${process.platform}-${process.arch}`;
  const file = join(import.meta.dirname, 'native', platform, 'tfjs_binding.node');
  return existsSync(file) ? file : undefined;
}
