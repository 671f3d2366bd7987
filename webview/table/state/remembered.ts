/** What the page keeps for its return, beside the layout that the workspace keeps: search, open groups, selection, place. */
export interface Remembered {
  readonly search: string;
  readonly openGroups: readonly string[];
  /** Folders of the selected runs. */
  readonly selected: readonly string[];
  /** Scroll offsets in CSS pixels. */
  readonly left: number;
  readonly top: number;
}

/** What was remembered, from whatever version of the page. */
export function parseRemembered(value: unknown): Remembered {
  const found = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  return {
    search: typeof found['search'] === 'string' ? found['search'] : '',
    openGroups: texts(found['openGroups']),
    selected: texts(found['selected']),
    left: offset(found['left']),
    top: offset(found['top']),
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function offset(value: unknown): number {
  return typeof value === 'number' && value >= 0 ? value : 0;
}
