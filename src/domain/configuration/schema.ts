/**
 * The configuration of a run: every key, its type, range, default and meaning, in one place. The parser,
 * the JSON schema of `*.supcon.json`, `--set` and the documentation all come from this value.
 */
import * as v from 'valibot';
import { choice, flag, text, whole } from './fields';
import { alerts } from './sections/alerts';
import { augmentation } from './sections/augmentation';
import { checkpoints } from './sections/checkpoints';
import { dataset } from './sections/dataset';
import { device } from './sections/device';
import { embeddings } from './sections/embeddings';
import { evaluation } from './sections/evaluation';
import { loader } from './sections/loader';
import { loss } from './sections/loss';
import { model } from './sections/model';
import { optimiser } from './sections/optimiser';
import { stage1 } from './sections/stage1';
import { stage2 } from './sections/stage2';
import { sweep } from './sections/sweep';

/** The schema of a `*.supcon.json` file; parsing fills in every default. */
export const configurationSchema = v.strictObject(
  {
    $schema: v.exactOptional(v.string()),
    formatVersion: v.optional(v.literal(1, 'must be 1: this file was written by a newer version'), 1),
    name: text('', 'Name of the run; made from loss, data set and encoder when empty.'),
    preset: text(
      '',
      'Preset that this configuration began as; a run shows how it departs from it. It sets no other key.',
    ),
    seed: whole(
      1,
      { minimum: 0, maximum: 4_294_967_295 },
      'Seed of split, initial weights, order and augmentation.',
    ),
    engine: choice(
      ['auto', 'onnx', 'tensorflow', 'eager'],
      'auto',
      'What runs the maths: onnx is built in; tensorflow is faster once it is set up; eager is a slow reference for tests; auto times one step on each.',
    ),
    device,
    precision: choice(
      ['float32', 'mixed'],
      'float32',
      'mixed: convolutions and products in bfloat16 (tensorflow) or float16 (onnx on a GPU); weights, statistics, embeddings and loss stay in float32.',
    ),
    threads: whole(0, { minimum: 0, maximum: 1024 }, 'Threads of the engine; 0 uses every core.'),
    dataset,
    augmentation,
    model,
    loss,
    optimiser,
    stage1,
    stage2,
    evaluation,
    embeddings,
    checkpoints,
    loader,
    alerts,
    baseline: flag(
      false,
      'Also train cross-entropy with the same encoder, views, batches and epochs, as a second run.',
    ),
    group: text(
      '',
      'Name of what the run belongs to, for example its sweep; runs that differ in the seed alone are compared as one.',
    ),
    sweep,
    captureCode: flag(true, 'Record commit and uncommitted changes of the workspace with the run.'),
  },
  'must be an object in braces',
);

/** A complete configuration. */
export type Configuration = v.InferOutput<typeof configurationSchema>;

/** A configuration as a person writes it: any key may be missing. */
export type PartialConfiguration = v.InferInput<typeof configurationSchema>;
