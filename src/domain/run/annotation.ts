/** What people write about a run, as changes to user.json: pure, so that windows and terminals do the same. */
import * as l10n from '@vscode/l10n';
import { HumanError } from '../errors';
import type { UserFile } from './state';

/** Changes to what is written about a run; what is absent stays as it is. */
export interface Annotation {
  /** Empty gives the run its configured name back. */
  readonly name?: string;
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
  readonly notes?: string;
  readonly starred?: boolean;
  readonly archived?: boolean;
  /** Kinds of alerts that somebody has seen to, at a time in milliseconds since 1970. */
  readonly acknowledge?: { readonly kinds: readonly string[]; readonly at: number };
}

const LONGEST_NAME = 200;
const LONGEST_TAG = 60;
const LONGEST_KIND = 100;
const LONGEST_NOTES = 100_000;
/** A name is one line, and nothing in it may change how a terminal behaves. */
const CONTROL = /\p{Cc}/u;

/** user.json with an annotation applied. Throws HumanError for a name, tag or note that no list could show. */
export function annotate(user: UserFile, annotation: Annotation): UserFile {
  const { notes, starred, archived, acknowledge } = annotation;
  const { name: before = '', ...rest } = user;
  const name = annotation.name === undefined ? before : checkName(annotation.name);
  const tags = changedTags(user.tags ?? [], annotation);
  return {
    ...rest,
    ...(name === '' ? {} : { name }),
    ...(tags.length > 0 || user.tags !== undefined ? { tags } : {}),
    ...(notes === undefined ? {} : { notes: checkNotes(notes) }),
    ...(starred === undefined ? {} : { star: starred }),
    ...(archived === undefined ? {} : { archived }),
    ...(acknowledge === undefined ? {} : { acknowledged: acknowledgedBy(user, acknowledge) }),
  };
}

/** A name as it is kept: trimmed, one line of at most 200 characters. Throws HumanError. */
export function checkName(text: string): string {
  return checkLine(text, {
    longest: LONGEST_NAME,
    notOneLine: () =>
      l10n.t('The name of a run must be one line of text: take line breaks and control characters out.'),
    tooLong: (most) => l10n.t('The name of a run may have {0} characters: shorten it.', most),
  });
}

/** A tag as it is kept: trimmed, not empty, without commas, at most 60 characters. Throws HumanError. */
export function checkTag(text: string): string {
  const tag = checkLine(text, {
    longest: LONGEST_TAG,
    notOneLine: () =>
      l10n.t('The tag must be one line of text: take line breaks and control characters out.'),
    tooLong: (most) => l10n.t('The tag may have {0} characters: shorten it.', most),
  });
  if (tag === '' || tag.includes(','))
    throw new HumanError(l10n.t('"{0}" cannot be a tag: a tag is a word or a few, without commas.', text));
  return tag;
}

function changedTags(before: readonly string[], { addTags = [], removeTags = [] }: Annotation): string[] {
  const removed = removeTags.map((tag) => tag.trim());
  const kept = before.filter((tag) => !removed.includes(tag));
  return [...new Set([...kept, ...addTags.map(checkTag)])];
}

/** Whoever was first stays the first. */
function acknowledgedBy(
  { acknowledged = {} }: UserFile,
  { kinds, at }: NonNullable<Annotation['acknowledge']>,
): Readonly<Record<string, number>> {
  const added = kinds.map((kind) => [checkKind(kind), at] as const);
  return { ...Object.fromEntries(added), ...acknowledged };
}

function checkNotes(notes: string): string {
  if (notes.length <= LONGEST_NOTES) return notes;
  throw new HumanError(
    l10n.t('Notes may have {0} characters; these have {1}: shorten them.', LONGEST_NOTES, notes.length),
  );
}

function checkKind(text: string): string {
  return checkLine(text, {
    longest: LONGEST_KIND,
    notOneLine: () =>
      l10n.t('The kind of an alert must be one line of text: take line breaks and control characters out.'),
    tooLong: (most) => l10n.t('The kind of an alert may have {0} characters: shorten it.', most),
  });
}

/** What one line of text may be, and the sentences for one that is not. */
interface LineRule {
  /** In characters. */
  readonly longest: number;
  readonly notOneLine: () => string;
  readonly tooLong: (most: number) => string;
}

function checkLine(text: string, { longest, notOneLine, tooLong }: LineRule): string {
  const line = text.trim();
  if (CONTROL.test(line)) throw new HumanError(notOneLine());
  if (Array.from(line).length <= longest) return line;
  throw new HumanError(tooLong(longest));
}
