/** Hyper-parameters as Lightning leaves them beside its logs: `hparams.yaml`. Tags of Python objects are read past. */
import { parseDocument } from 'yaml';
import type { Parameters } from '../events/sink';
import { flattened } from './jsonLinesLog';

/** The file's usual name. */
export const HPARAMS_FILE = 'hparams.yaml';

/** Parameters by dotted path; undefined if the text is no YAML. */
export function parseHparamsYaml(text: string): Parameters | undefined {
  const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false });
  if (document.errors.length > 0) return undefined;
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return typeof value === 'object' && value !== null ? Object.fromEntries(flattened(value)) : {};
  } catch {
    return undefined;
  }
}
