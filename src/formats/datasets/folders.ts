/**
 * Image files in one folder a class, under `train` and `test` (or `val`) or in one tree without parts. Folders below
 * a class belong to it. Hidden files and folders are left out; links lead to files inside the tree or are refused.
 */
import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join, relative } from 'node:path';
import { HumanError } from '../../domain/errors';
import { confinedTo } from '../confinedPaths';
import { errorCode, readingError } from '../reading';
import { sortClassNames } from './classes';
import { isVisible } from './contentFolder';
import { IMAGE_ENDINGS } from './pictures/decoder';
import type { Picture, PictureList } from './pictures/picture';

/** What a part of the set may be called; `val` is the test set of a tree without `test`. */
const PART_NAMES = {
  train: ['train', 'training'],
  test: ['test', 'testing', 'val', 'valid', 'validation'],
} as const;
const MOST_DEPTH = 16;

/** The folders of a tree by part. */
export interface Parts {
  readonly train: string;
  readonly test?: string | undefined;
}

/** Lists the images of a tree. Throws HumanError naming the folder that is not as it should be. */
export function listFolders(path: string): PictureList {
  const root = readTree(path, () => realpathSync(path));
  const { train, test } = partsOf(root);
  const classNames = classFolders(train);
  if (classNames.length === 0) {
    throw new HumanError(
      `${train} has no folders of images: put the images of each class in a folder of its own.`,
    );
  }
  const collect = collector(root);
  const pictures = collect(train, 'train', classNames);
  if (test !== undefined) {
    refuseUnknownClasses(test, classNames);
    pictures.push(...collect(test, 'test', classNames));
  }
  return { source: path, classNames, pictures, hasParts: test !== undefined };
}

/** Which folders hold the training and the test images; without a `train` folder, the whole tree is both. */
export function partsOf(root: string): Parts {
  const names = subfolders(root);
  const find = (wanted: readonly string[]) =>
    wanted.find((name) => names.includes(name) && isPart(join(root, name)));
  const [train, test] = [find(PART_NAMES.train), find(PART_NAMES.test)];
  if (train === undefined) {
    return { train: root };
  }
  return { train: join(root, train), test: test === undefined ? undefined : join(root, test) };
}

/** A part holds folders of images; a class may be called `train`, too, and holds images. */
function isPart(folder: string): boolean {
  return subfolders(folder).length > 0;
}

/** Names of the folders in a folder that are not hidden, in the order of classes. */
export function classFolders(folder: string): string[] {
  return sortClassNames(subfolders(folder));
}

function subfolders(folder: string): string[] {
  const entries = visibleEntries(folder);
  const link = entries.find((entry) => entry.isSymbolicLink() && leadsToFolder(join(folder, entry.name)));
  if (link !== undefined) {
    throw leadsOut(join(folder, link.name));
  }
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** A function that lists the pictures of one part, class after class, files in the order of their names. */
function collector(root: string) {
  const confine = confinedTo(root);

  function filesBelow(folder: string, depth: number): string[] {
    if (depth > MOST_DEPTH) {
      throw new HumanError(`${folder} lies more than ${MOST_DEPTH} folders deep: flatten the tree.`);
    }
    const names = visibleEntries(folder).sort((a, b) => (a.name < b.name ? -1 : 1));
    return names.flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path, depth + 1);
      if (entry.isSymbolicLink()) checkLink(path);
      return IMAGE_ENDINGS.test(entry.name) ? [path] : [];
    });
  }

  function checkLink(link: string): void {
    const target = readTree(link, () => confine(link));
    if (target === undefined || leadsToFolder(target)) throw leadsOut(link);
  }

  function picture(path: string, label: number, part: 'train' | 'test'): Picture {
    return { name: relative(root, path), label, part, content: path, stamp: fileStamp(path) };
  }

  return (folder: string, part: 'train' | 'test', classNames: readonly string[]): Picture[] => {
    const present = new Set(subfolders(folder));
    return classNames.flatMap((name, label) => {
      const classFolder = join(folder, name);
      const files = present.has(name) ? filesBelow(classFolder, 0) : [];
      if (files.length === 0 && part === 'train') {
        throw new HumanError(`${classFolder} has no images: put some in or remove the folder.`);
      }
      return files.map((path) => picture(path, label, part));
    });
  };
}

/** Changes when a file is written to. Throws HumanError if it does not exist. */
export function fileStamp(path: string): string {
  const { size, mtimeMs } = readTree(path, () => statSync(path));
  return `${size}-${mtimeMs}`;
}

function visibleEntries(folder: string): Dirent[] {
  const entries = readTree(folder, () => readdirSync(folder, { withFileTypes: true }));
  return entries.filter(isVisible);
}

function refuseUnknownClasses(test: string, classNames: readonly string[]): void {
  const unknown = classFolders(test).find((name) => !classNames.includes(name));
  if (unknown !== undefined) {
    throw new HumanError(
      `${join(test, unknown)} is a class without training images: give it some or remove the folder.`,
    );
  }
}

function leadsToFolder(link: string): boolean {
  return statSync(link, { throwIfNoEntry: false })?.isDirectory() === true;
}

function leadsOut(link: string): HumanError {
  return new HumanError(
    `${link} is a link that leads out of the image tree or to a folder: put the files themselves there.`,
  );
}

/** The result of a look at the disk, or the sentence about why there is none. */
function readTree<T>(path: string, look: () => T): T {
  try {
    return look();
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOTDIR') {
      throw new HumanError(`${path} is a file: give the folder that holds the folders of images.`, {
        cause: thrown,
      });
    }
    throw readingError(path, thrown);
  }
}
