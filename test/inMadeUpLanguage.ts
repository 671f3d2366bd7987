/** Makes something with the words of the made-up language, as an extension host does that speaks it. */
import * as l10n from '@vscode/l10n';
import { vi } from 'vitest';
import { madeUpLanguage } from './browser/madeUpLanguage';

/** What `make` gives; let it import what it needs, because words are chosen while modules load, too. */
export async function inMadeUpLanguage<T>(make: () => Promise<T>): Promise<T> {
  vi.resetModules();
  l10n.config({ contents: { ...madeUpLanguage().words } });
  try {
    return await make();
  } finally {
    l10n.config({ contents: {} });
    vi.resetModules();
  }
}
