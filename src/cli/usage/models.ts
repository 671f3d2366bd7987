/** The usage of the commands about a trained encoder. */
import type { Command } from 'commander';
import type { EvaluateOptions } from '../commands/evaluate';
import { evaluate } from '../commands/evaluate';
import type { ExportOptions } from '../commands/export';
import { exportRun } from '../commands/export';
import type { Finish } from './usage';
import { withFolder } from './usage';

/** Adds the commands. `finish` is told each exit code. */
export function addModels(program: Command, finish: Finish): void {
  const command = withFolder(program);
  command('export <run>', "Write a run's encoder for use elsewhere.")
    .option('--weights <file>', 'its weights as safetensors, with the names of torchvision')
    .option('--onnx <file>', 'the encoder as an ONNX model; its metadata says how images are normalised')
    .option('--head', 'the ONNX model also computes the head')
    .option('--checkpoint <which>', 'best (of the evaluations) or last', 'last')
    .option('--trust', 'agree to run the modules of your own that lie in its folder')
    .action(async (run: string, options: ExportOptions) => finish(await exportRun(run, options)));
  command(
    'evaluate <run>',
    'Measure a run from a checkpoint: a linear probe, and what is asked for beside it.',
  )
    .option('--on [path]', 'another data set: its folder, or the one that the configuration names')
    .option('--finetune', 'also train all weights on, by cross-entropy')
    .option('--robustness', 'also measure the test images under every corruption and severity')
    .option('--reference <run>', 'relate the errors under corruption to those of this run')
    .option('--checkpoint <name>', 'best (by kNN on validation images) or last', 'last')
    .option('--trust', 'agree to run the modules of your own that lie in its folder')
    .option('--json', 'a JSON array')
    .action(async (run: string, options: EvaluateOptions) => finish(await evaluate(run, options)));
}
