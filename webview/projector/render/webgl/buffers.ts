/**
 * What has been sent to the graphics card, by the identity of its array: arrays are values, so one that is known needs
 * no second upload. What a frame did not use is deleted at its end.
 */

/** Arrays on the card. */
export interface Buffers {
  /** Binds the array's buffer, uploading it first if it is new. */
  bind(kind: 'vertices' | 'elements', array: Float32Array | Uint8Array | Uint32Array): void;
  /** Deletes what was not bound since the last call. */
  endFrame(): void;
  dispose(): void;
}

/** Stands for a place that is not finite, which drivers treat as they like; the shader hides what is so far away. */
const NOWHERE = 1e30;

interface Kept {
  readonly buffer: WebGLBuffer;
  isUsed: boolean;
}

/** Buffers of one context. */
export function createBuffers(gl: WebGL2RenderingContext): Buffers {
  const kept = new Map<ArrayBufferView, Kept>();
  return {
    bind: (kind, array) => {
      const target = kind === 'vertices' ? gl.ARRAY_BUFFER : gl.ELEMENT_ARRAY_BUFFER;
      const known = kept.get(array);
      const entry = known ?? { buffer: gl.createBuffer(), isUsed: true };
      entry.isUsed = true;
      gl.bindBuffer(target, entry.buffer);
      if (known) return;
      kept.set(array, entry);
      gl.bufferData(target, array instanceof Float32Array ? finitePlaces(array) : array, gl.STATIC_DRAW);
    },
    endFrame: () => {
      for (const [array, entry] of kept) {
        if (entry.isUsed) entry.isUsed = false;
        else remove(array, entry);
      }
    },
    dispose: () => kept.forEach((entry, array) => remove(array, entry)),
  };

  function remove(array: ArrayBufferView, { buffer }: Kept): void {
    gl.deleteBuffer(buffer);
    kept.delete(array);
  }
}

function finitePlaces(values: Float32Array): Float32Array {
  if (values.every(Number.isFinite)) return values;
  return values.map((value) => (Number.isFinite(value) ? value : NOWHERE));
}
