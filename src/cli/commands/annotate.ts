/** `supcon annotate RUN...`: name, tags, notes, star and archive, as the tree in the editor writes them. */
import { basename } from 'node:path';
import { EXIT_CODE, HumanError } from '../../domain/errors';
import type { Annotation } from '../../domain/run/annotation';
import type { UserFile } from '../../domain/run/state';
import { annotateRun } from '../../runs/annotate';
import { findRun } from '../../runs/folder/findRun';
import { resolveRunsFolder } from '../../runs/folder/runsFolder';

export interface AnnotateOptions {
  readonly dir?: string;
  readonly name?: string;
  readonly tag: readonly string[];
  readonly untag: readonly string[];
  readonly notes?: string;
  readonly star?: boolean;
  readonly archive?: boolean;
}

/** Writes the annotation to every run and prints what stands there now; the exit code. */
export async function annotateRuns(texts: readonly string[], options: AnnotateOptions): Promise<number> {
  const annotation = annotationOf(options);
  if (texts.length > 1 && annotation.name !== undefined)
    throw new HumanError('--name names one run: name the runs one by one.');
  const runsFolder = resolveRunsFolder(process.cwd(), options.dir);
  // All of them are found before any is changed.
  const folders = await Promise.all(texts.map((text) => findRun(runsFolder, text)));
  for (const folder of folders)
    process.stdout.write(`${basename(folder)}: ${describe(await annotateRun(folder, annotation))}\n`);
  return EXIT_CODE.completed;
}

function annotationOf({ name, tag, untag, notes, star, archive }: AnnotateOptions): Annotation {
  const annotation = {
    ...(name === undefined ? {} : { name }),
    ...(tag.length === 0 ? {} : { addTags: tag }),
    ...(untag.length === 0 ? {} : { removeTags: untag }),
    ...(notes === undefined ? {} : { notes }),
    ...(star === undefined ? {} : { starred: star }),
    ...(archive === undefined ? {} : { archived: archive }),
  };
  if (Object.keys(annotation).length > 0) return annotation;
  throw new HumanError(
    'Nothing to write: add --name, --tag, --untag, --notes, --star, --no-star, --archive or --no-archive.',
  );
}

function describe({ name, tags = [], notes = '', star = false, archived = false }: UserFile): string {
  const parts = [
    name === undefined ? '' : `name "${name}"`,
    star ? 'starred' : '',
    tags.length === 0 ? '' : `tags ${tags.join(', ')}`,
    notes === '' ? '' : `notes of ${notes.length} characters`,
    archived ? 'archived' : '',
  ];
  return parts.filter((part) => part !== '').join('; ') || 'nothing is written about it';
}
