/** The part of the WebAssembly interface that is used here, which the language's own library of types leaves to hosts. */

/** Memory that JavaScript and a module share. */
export interface Memory {
  readonly buffer: ArrayBuffer;
}

interface Host {
  readonly Memory: new (limits: { initial: number }) => Memory;
  readonly Module: new (binary: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: { host: { memory: Memory } },
  ) => { readonly exports: Readonly<Record<string, (...integers: number[]) => void>> };
}

declare const WebAssembly: Host;

export const PAGE_BYTES = 65_536;
/** Addresses have 32 bits. */
export const MOST_PAGES = 65_536;

/** Zeroed memory of so many pages. Throws RangeError where there is not so much. */
export function makeMemory(pages: number): Memory {
  return new WebAssembly.Memory({ initial: pages });
}

/** The function `run` of a module, over this memory. */
export function instantiate(
  binary: Uint8Array<ArrayBuffer>,
  memory: Memory,
): (...integers: number[]) => void {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary), { host: { memory } });
  return exports['run'];
}
