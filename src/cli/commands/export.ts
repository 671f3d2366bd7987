/** `supcon export RUN`: the weights of a run's encoder for PyTorch, or the encoder as an ONNX model. */
import { resolve } from 'node:path';
import { formatBytes } from '../../domain/display/format';
import { EXIT_CODE, HumanError } from '../../domain/errors';
import { encodeEncoderWeights } from '../../formats/encoderWeights';
import { writeFileAtomically } from '../../formats/files';
import { findRun } from '../../runs/folder/findRun';
import { resolveRunsFolder } from '../../runs/folder/runsFolder';
import { consentOf, requireRunConsent } from '../consent';

export interface ExportOptions {
  readonly dir?: string;
  /** File for the weights, safetensors. */
  readonly weights?: string;
  /** File for the model. */
  readonly onnx?: string;
  /** The model also computes the head. */
  readonly head?: boolean;
  readonly checkpoint?: string;
  /** Agree to the modules that lie in the run folder. */
  readonly trust?: boolean;
}

/** Writes the files; the exit code. */
export async function exportRun(text: string, options: ExportOptions): Promise<number> {
  const { weights, onnx, head = false } = options;
  if (weights === undefined && onnx === undefined)
    throw new HumanError('Name what to write: --weights FILE.safetensors, --onnx FILE.onnx, or both.');
  const which = checkpointNamed(options.checkpoint ?? 'last');
  const folder = await findRun(resolveRunsFolder(process.cwd(), options.dir), text);
  await requireRunConsent(folder, consentOf(options));
  // The training maths is loaded only here: a large library.
  const { loadTrainedModel } = await import('../../trainer/export/trainedModel');
  const trained = await loadTrainedModel(folder, which);
  if (weights !== undefined)
    await write(weights, encodeEncoderWeights(trained.model.architecture.encoder, trained.state));
  if (onnx !== undefined) {
    const { encodeOnnxFile } = await import('../../trainer/export/onnxFile');
    await write(onnx, encodeOnnxFile(trained, head ? 'encoder and head' : 'encoder'));
  }
  return EXIT_CODE.completed;
}

function checkpointNamed(name: string): 'best' | 'last' {
  if (name === 'best' || name === 'last') return name;
  throw new HumanError(`--checkpoint must be best or last; it is ${name}.`);
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  await writeFileAtomically(resolve(path), bytes);
  process.stdout.write(`${resolve(path)}  ${formatBytes(bytes.length)}\n`);
}
