/**
 * The wire between extension host and the page of a run diff. The page says boot; the host answers with the diff, or
 * with why there is none, and again whenever the compared runs have changed. The curves are asked for by standing
 * queries; what is told of them is numbered, and a page that misses a number says so and is told anew.
 */
import * as v from 'valibot';
import type { CurveChoice } from '../../domain/diff/curves';
import type { RunDiff } from '../../domain/diff/runDiff';
import { FILE_CHANGES, SAMPLE_CHANGES, VERDICTS } from '../../domain/diff/runDiff';
import { RUN_KINDS } from '../../domain/run/state';
import type { QueryAnswer } from '../chart';
import { answersSchema, unwatchSchema, watchSchema } from '../chart';
import { parserOf } from '../parse';

const cellSchema = v.object({
  text: v.string(),
  title: v.string(),
  note: v.string(),
  value: v.unknown(),
  differs: v.boolean(),
});

const sectionEntries = {
  rows: v.array(
    v.object({
      key: v.string(),
      label: v.string(),
      description: v.string(),
      differs: v.boolean(),
      cells: v.array(cellSchema),
    }),
  ),
  problems: v.array(v.string()),
};
const sectionSchema = v.object(sectionEntries);

const codeFileSchema = v.object({
  path: v.string(),
  change: v.picklist(FILE_CHANGES),
  basis: v.picklist(['files', 'patches']),
  hunks: v.array(v.object({ baselineStart: v.number(), ownStart: v.number(), lines: v.array(v.string()) })),
  added: v.number(),
  removed: v.number(),
});

const deltaSchema = v.object({
  value: v.number(),
  text: v.string(),
  low: v.nullable(v.number()),
  high: v.nullable(v.number()),
  interval: v.string(),
  counts: v.string(),
  verdict: v.picklist(VERDICTS),
  direction: v.picklist(['better', 'worse', 'none']),
});

const metricSectionSchema = v.object({
  rows: v.array(
    v.object({
      key: v.string(),
      label: v.string(),
      statistic: v.picklist(['final', 'best', 'last']),
      better: v.nullable(v.picklist(['higher', 'lower'])),
      minor: v.boolean(),
      cells: v.array(
        v.object({
          value: v.nullable(v.number()),
          text: v.string(),
          title: v.string(),
          delta: v.nullable(deltaSchema),
          note: v.string(),
        }),
      ),
    }),
  ),
  problems: v.array(v.string()),
});

const samplesDiffSchema = v.object({
  column: v.number(),
  joinedBy: v.nullable(v.picklist(['id', 'content'])),
  reason: v.string(),
  joined: v.number(),
  unmatched: v.number(),
  counts: v.object({ worse: v.number(), better: v.number(), other: v.number() }),
  shown: v.array(
    v.object({
      baselineId: v.string(),
      id: v.string(),
      label: v.string(),
      baselineAnswer: v.string(),
      answer: v.string(),
      baselineConfidence: v.number(),
      confidence: v.number(),
      change: v.picklist(SAMPLE_CHANGES),
    }),
  ),
});

/** A run diff as it goes over the wire. */
export const runDiffSchema = v.object({
  formatVersion: v.number(),
  columns: v.array(
    v.object({
      key: v.string(),
      name: v.string(),
      id: v.string(),
      kind: v.picklist([...RUN_KINDS, 'configuration']),
      state: v.string(),
      icon: v.string(),
      colour: v.string(),
      seed: v.nullable(v.number()),
      group: v.string(),
      replicates: v.number(),
    }),
  ),
  outcome: sectionSchema,
  configuration: sectionSchema,
  data: sectionSchema,
  environment: sectionSchema,
  engine: sectionSchema,
  code: v.object({
    ...sectionEntries,
    diffs: v.array(v.object({ column: v.number(), files: v.array(codeFileSchema) })),
  }),
  metrics: metricSectionSchema,
  classes: metricSectionSchema,
  samples: v.object({ diffs: v.array(samplesDiffSchema), problems: v.array(v.string()) }),
}) satisfies v.GenericSchema<unknown, RunDiff>;

const tagList = v.pipe(v.array(v.string()), v.readonly());

const choiceSchema = v.object({
  tags: tagList,
  loss: v.nullable(v.string()),
  accuracy: v.nullable(v.string()),
  note: v.string(),
  without: tagList,
}) satisfies v.GenericSchema<unknown, CurveChoice>;

/** Which curves there are, which voids every standing query, or answers to some. */
export type CurveMessage =
  | {
      readonly type: 'curves';
      readonly sequence: number;
      readonly choice: CurveChoice;
      /** Whether some of the runs go on. */
      readonly isGrowing: boolean;
      /** False while files are read for the first time. */
      readonly isRead: boolean;
    }
  | { readonly type: 'answers'; readonly sequence: number; readonly answers: readonly QueryAnswer[] };

/** Pictures of the changed samples of a column, or the sentence that says why there are none. */
const picturesSchema = v.object({
  type: v.literal('pictures'),
  column: v.number(),
  ids: v.pipe(v.array(v.string()), v.readonly()),
  height: v.number(),
  width: v.number(),
  /** [ids, height, width, 3], 0 to 255; empty where there are none. */
  pixels: v.instance(Uint8Array),
  problem: v.string(),
});
export type PicturesMessage = v.InferOutput<typeof picturesSchema>;

/** From host to page. A problem is why there is no diff: what happened, and what to do. */
export type HostMessage =
  | { readonly type: 'diff'; readonly diff: RunDiff }
  | PicturesMessage
  | { readonly type: 'problem'; readonly sentence: string }
  | CurveMessage;

const hostMessageSchema = v.variant('type', [
  v.object({ type: v.literal('diff'), diff: runDiffSchema }),
  v.object({ type: v.literal('problem'), sentence: v.string() }),
  v.object({
    type: v.literal('curves'),
    sequence: v.number(),
    choice: choiceSchema,
    isGrowing: v.boolean(),
    isRead: v.boolean(),
  }),
  answersSchema,
  picturesSchema,
]) satisfies v.GenericSchema<unknown, HostMessage>;

/** What can be opened of a run. */
export const OPENABLE = ['dashboard', 'configuration', 'environment', 'results', 'log', 'folder'] as const;
export type Openable = (typeof OPENABLE)[number];

/** From page to host. Columns are places, so that a page can name nothing but what it was sent. */
export const pageMessageSchema = v.variant('type', [
  v.object({ type: v.literal('boot') }),
  /** Opens a file of the code in the editor's own diff, the baseline on the left. */
  v.object({ type: v.literal('openCode'), column: v.number(), path: v.string() }),
  v.object({ type: v.literal('open'), column: v.number(), what: v.picklist(OPENABLE) }),
  /** Opens the configuration at a key. */
  v.object({ type: v.literal('openKey'), column: v.number(), key: v.string() }),
  v.object({ type: v.literal('makeBaseline'), column: v.number() }),
  v.object({ type: v.literal('copyMarkdown'), all: v.boolean() }),
  /** Asks once for the pictures of the changed samples of a column. */
  v.object({ type: v.literal('pictures'), column: v.number() }),
  /** Opens the maps of the first two runs beside each other, with the samples selected whose answer changed. */
  v.object({ type: v.literal('compareEmbeddings') }),
  v.object({ type: v.literal('refresh') }),
  /** A message about the curves was missed. */
  v.object({ type: v.literal('missed') }),
  watchSchema,
  unwatchSchema,
]);
export type PageMessage = v.InferOutput<typeof pageMessageSchema>;

/** Parses a message from the host; undefined if it is none. */
export const parseHostMessage = parserOf<HostMessage>(hostMessageSchema);

/** Parses a message from a page; undefined if it is none. */
export const parsePageMessage = parserOf<PageMessage>(pageMessageSchema);
