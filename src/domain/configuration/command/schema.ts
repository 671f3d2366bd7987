/**
 * The configuration of a run that is any command: a file with a `command` section has this schema in place of the
 * training's, because a program of the user's own reads none of those keys.
 */
import * as v from 'valibot';
import { flag, text, wholeOrUnknown } from '../fields';
import { command, commandLoss } from './sections';

/** The schema of a `*.supcon.json` file with a command; parsing fills in every default. */
export const commandConfigurationSchema = v.strictObject(
  {
    $schema: v.exactOptional(v.string()),
    formatVersion: v.optional(v.literal(1, 'must be 1: this file was written by a newer version'), 1),
    name: text('', 'Name of the run; made from the command when empty.'),
    group: text(
      '',
      'Name of what the run belongs to; runs that differ in the seed alone are compared as one.',
    ),
    seed: wholeOrUnknown(
      { minimum: 0, maximum: 4_294_967_295 },
      'Seed that the program is told by its arguments, for comparisons; null if unknown.',
    ),
    command,
    loss: commandLoss,
    captureCode: flag(true, 'Record commit and uncommitted changes of the workspace with the run.'),
  },
  'must be an object in braces',
);

/** A complete configuration of a command. */
export type CommandConfiguration = v.InferOutput<typeof commandConfigurationSchema>;

/** The section `command`, complete. */
export type CommandSection = CommandConfiguration['command'];
