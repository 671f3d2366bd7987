/**
 * A run's uncommitted changes, read from the patch that git printed. Only what stands on the old side of a hunk and
 * what is added to it matters: with those the file after the change can be put together again.
 */
import * as l10n from '@vscode/l10n';
import { parsePatch } from 'diff';

/** The changes to one file. */
export interface FilePatch {
  /** Relative to the repository. */
  readonly path: string;
  readonly kind: 'changed' | 'added' | 'removed' | 'binary';
  /** Lines of the committed file that the patch shows, by line number from 1. */
  readonly known: ReadonlyMap<number, string>;
  /** Line numbers of those that are taken out. */
  readonly removed: ReadonlySet<number>;
  /** Lines put in, by the number of the committed line before which they stand. */
  readonly added: ReadonlyMap<number, readonly string[]>;
  /** Lines of the hunks as they were printed. */
  readonly text: readonly string[];
  /** All that git printed about the file: two equal ones are one change. */
  readonly identity: string;
}

/** A patch that was read: its files by path, and what could not be read. */
export interface ReadPatch {
  readonly files: ReadonlyMap<string, FilePatch>;
  readonly problem: string | null;
}

/** Reads a patch; one that is damaged has no files and says so. */
export function readPatch(text: string): ReadPatch {
  try {
    const sections = text.split(/^(?=diff --git )/m).filter((section) => section.trim() !== '');
    const files = sections.flatMap((section) =>
      parsePatch(section).flatMap((parsed) => fileOf(parsed, section)),
    );
    return { files: new Map(files.map((file) => [file.path, file])), problem: null };
  } catch {
    // The parser's message names lines of a file that nobody has open.
    return {
      files: new Map(),
      problem: l10n.t('The recorded patch is damaged: the uncommitted changes cannot be shown.'),
    };
  }
}

type Parsed = ReturnType<typeof parsePatch>[number];

function fileOf(parsed: Parsed, identity: string): FilePatch[] {
  const path = pathOf(parsed);
  if (path === undefined) return [];
  const known = new Map<number, string>();
  const removed = new Set<number>();
  const added = new Map<number, string[]>();
  for (const { oldStart, oldLines, lines } of parsed.hunks) {
    // A hunk without old lines stands behind the line that it names.
    let at = oldLines === 0 ? oldStart + 1 : oldStart;
    for (const line of lines) {
      const content = line.slice(1);
      if (line.startsWith('+')) added.set(at, [...(added.get(at) ?? []), content]);
      if (line.startsWith('-')) removed.add(at);
      if (line.startsWith('-') || line.startsWith(' ')) known.set(at++, content);
    }
  }
  const text = parsed.hunks.flatMap(({ lines }) => lines.filter((line) => !line.startsWith('\\')));
  return [{ path, kind: kindOf(parsed), known, removed, added, text, identity }];
}

function pathOf({ oldFileName, newFileName }: Parsed): string | undefined {
  const name = isFile(newFileName) ? newFileName : oldFileName;
  return isFile(name) ? name.replace(/^[ab]\//, '') : undefined;
}

function isFile(name: string | undefined): name is string {
  return name !== undefined && name !== '' && name !== '/dev/null';
}

function kindOf({ isBinary, isCreate, isDelete, oldFileName, newFileName }: Parsed): FilePatch['kind'] {
  if (isBinary === true) return 'binary';
  if (isCreate === true || oldFileName === '/dev/null') return 'added';
  if (isDelete === true || newFileName === '/dev/null') return 'removed';
  return 'changed';
}
