/** What can be done with a chart: pin it, copy its table, keep it as a file. */
import * as l10n from '@vscode/l10n';
import type { TableFormat } from '../../../src/domain/display/textTable';
import { bucketsAsCsv } from '../../../src/domain/display/lineTable';
import type { PageMessage } from '../../../src/protocol/pages/dashboard';
import type { LineChart } from '../../charts/lines/lineChart';
import type { Scene } from '../../charts/lines/scene';
import type { MenuEntry } from '../../menu';

/** The chart that the menu is about. */
export interface MenuSubject {
  readonly title: string;
  readonly axis: string;
  readonly isPinned: boolean;
  readonly scene: Scene;
  readonly chart: LineChart;
  post(message: PageMessage): void;
  pin(): void;
  copy(format: TableFormat): void;
}

/** The entries, in their order. */
export function cardMenu(subject: MenuSubject): readonly MenuEntry[] {
  const { title, scene, chart, axis } = subject;
  const save = (ending: string, body: string | Uint8Array<ArrayBuffer>) =>
    subject.post({ type: 'save', name: `${fileName(title)}.${ending}`, body });
  const lines = scene.lines.map((line) => ({
    name: line.name === '' ? title : line.name,
    tag: line.key.slice(line.key.indexOf('\0') + 1),
    window: line.window,
  }));
  return [
    { label: l10n.t('Pin to the top'), isChecked: subject.isPinned, run: () => subject.pin() },
    { label: l10n.t('Copy table as text'), run: () => subject.copy('text') },
    { label: l10n.t('Copy table as CSV'), run: () => subject.copy('csv') },
    { label: l10n.t('Copy table as Markdown'), run: () => subject.copy('markdown') },
    { label: l10n.t('Export as SVG'), run: () => save('svg', chart.svg()) },
    {
      label: l10n.t('Export as PNG'),
      run: () => void chart.png().then((bytes) => save('png', new Uint8Array(bytes))),
    },
    { label: l10n.t('Export drawn values as CSV'), run: () => save('csv', bucketsAsCsv(axis, lines)) },
  ];
}

/** A title as a file is named: letters, digits and dashes. */
function fileName(title: string): string {
  return (
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'chart'
  );
}
