/** What the heads of columns say on the page, in the editor's language; files have English heads, as programs read them. */
import * as l10n from '@vscode/l10n';

/** Facts of a run, by the name in their column's id. */
export const RUN_LABELS = {
  name: l10n.t('name'),
  state: l10n.t('state'),
  kind: l10n.t('kind'),
  group: l10n.t('group'),
  loss: l10n.t('loss'),
  seed: l10n.t('seed'),
  created: l10n.t('started'),
  duration: l10n.t('duration'),
  progress: l10n.t('progress'),
  left: l10n.t('time left'),
  epoch: l10n.t('epoch'),
  step: l10n.t('step'),
  speed: l10n.t('views/s'),
  headline: l10n.t('headline'),
  engine: l10n.t('engine'),
  device: l10n.t('device'),
  precision: l10n.t('precision'),
  tags: l10n.t('tags'),
  notes: l10n.t('notes'),
  reason: l10n.t('reason of the end'),
  starred: l10n.t('starred'),
  archived: l10n.t('archived'),
  id: l10n.t('id'),
  folder: l10n.t('folder'),
} as const satisfies Readonly<Record<string, string>>;

/** What a column shows of the values of a recorded tag. */
export const TAG_LABELS = {
  last: (tag: string) => l10n.t('{0}, last', tag),
  best: (tag: string) => l10n.t('{0}, best', tag),
  min: (tag: string) => l10n.t('{0}, min', tag),
  max: (tag: string) => l10n.t('{0}, max', tag),
} as const satisfies Readonly<Record<string, (tag: string) => string>>;
