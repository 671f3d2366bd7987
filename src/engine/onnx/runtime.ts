/** Loads onnxruntime-node on first use: a large native library that not every process needs. */
import type * as Ort from 'onnxruntime-node';
import { HumanError, toError } from '../../domain/errors';

export type OnnxRuntime = typeof Ort;

/** The library. Throws HumanError where its native half cannot be loaded. */
export async function loadOnnxRuntime(): Promise<OnnxRuntime> {
  try {
    const imported: OnnxRuntime & { readonly default?: OnnxRuntime } = await import('onnxruntime-node');
    return imported.default ?? imported;
  } catch (thrown) {
    const platform = `${process.platform} ${process.arch}`;
    throw new HumanError(
      `The training engine onnxruntime could not be loaded on ${platform}: ${toError(thrown).message}. ` +
        `Reinstall the package for this platform with "npm ci", or set "engine" to "eager", which is slow but needs ` +
        `no native library.`,
      { cause: thrown },
    );
  }
}
