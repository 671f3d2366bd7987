import { describe, expect, it } from 'vitest';
import { isSoftware, probeOf } from '../../../../webview/projector/render/probe';

const SOFTWARE = [
  'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
  'llvmpipe (LLVM 15.0.7, 256 bits)',
  'ANGLE (Mesa, llvmpipe (LLVM 17.0.6 256 bits), OpenGL 4.5)',
  'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0, D3D11)',
  'Apple Software Renderer',
  'Mesa softpipe',
];
const CARDS = [
  'ANGLE (NVIDIA, NVIDIA GeForce RTX 3080 Direct3D11 vs_5_0 ps_5_0, D3D11)',
  'ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)',
  'Mesa Intel(R) UHD Graphics 620 (KBL GT2)',
  'ANGLE (AMD, AMD Radeon RX 6600 (RADV NAVI23), OpenGL 4.6)',
];

describe('probe', () => {
  it('knows renderers that run on the processor from graphics cards', () => {
    expect(SOFTWARE.filter((name) => !isSoftware(name))).toEqual([]);
    expect(CARDS.filter(isSoftware)).toEqual([]);
  });

  it('says what it found in a few words', () => {
    expect(probeOf(CARDS[1])).toEqual({ kind: 'webgl2', reason: 'ANGLE Metal Renderer: Apple M2' });
    expect(probeOf(SOFTWARE[1]).reason).toBe('WebGL2 is emulated in software here (llvmpipe)');
    expect(probeOf('').reason).toBe('unnamed graphics card');
    expect(probeOf('x'.repeat(200)).reason.length).toBeLessThanOrEqual(60);
  });
});
