/** The self-test's inner half: loads the add-on in this process, which a wrong processor would end, and multiplies. */
import { createRequire } from 'node:module';

/** What the library says of itself. */
export interface LibraryReport {
  /** Version of TensorFlow. */
  readonly version: string;
  readonly usesGpu: boolean;
}

/** The part of the add-on's interface that the test needs (binding/tfjs_binding.cc of the package). */
interface Addon {
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  isUsingGpuDevice(): boolean;
  createTensor(shape: readonly number[], type: number, values: Float32Array): number;
  executeOp(
    name: string,
    attributes: readonly { name: string; type: number; value: boolean | number }[],
    inputs: readonly number[],
    outputs: number,
  ): readonly { id: number }[];
  tensorDataSync(id: number): Float32Array;
}

/** Loads the add-on and multiplies two small matrices. Throws what Node throws if it cannot be loaded. */
export function checkLibrary(file: string): LibraryReport {
  const addon = createRequire(import.meta.url)(file) as Addon;
  const product = multiply(addon, Float32Array.of(1, 2, 3, 4), Float32Array.of(5, 6, 7, 8));
  if (String(product) !== '19,22,43,50')
    throw new Error(`TensorFlow multiplies wrongly: ${String(product)}.`);
  return { version: addon.TF_Version, usesGpu: addon.isUsingGpuDevice() };
}

/** The product of two 2 x 2 matrices. */
function multiply(addon: Addon, a: Float32Array, b: Float32Array): Float32Array {
  const inputs = [a, b].map((values) => addon.createTensor([2, 2], addon.TF_FLOAT, values));
  const attributes = [
    { name: 'transpose_a', type: addon.TF_ATTR_BOOL, value: false },
    { name: 'transpose_b', type: addon.TF_ATTR_BOOL, value: false },
    { name: 'T', type: addon.TF_ATTR_TYPE, value: addon.TF_FLOAT },
  ];
  const [product] = addon.executeOp('MatMul', attributes, inputs, 1);
  return addon.tensorDataSync(product.id);
}
