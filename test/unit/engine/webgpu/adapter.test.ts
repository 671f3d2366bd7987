import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adapterKind, type AdapterKind } from '../../../../src/engine/webgpu/adapter';

let devices: string;
beforeEach(() => {
  devices = mkdtempSync(join(tmpdir(), 'supcon-devices-'));
});
afterEach(() => rmSync(devices, { recursive: true }));

/** A Linux machine with these device files. */
const linux = (environment: NodeJS.ProcessEnv = {}, folder = devices): AdapterKind =>
  adapterKind({ platform: 'linux', devices: folder, environment });

describe('adapterKind', () => {
  it('is hardware where the driver comes with the card', () => {
    expect(adapterKind({ platform: 'darwin', devices, environment: {} })).toBe('hardware');
    expect(adapterKind({ platform: 'win32', devices, environment: {} })).toBe('hardware');
  });

  it('is software where there is no card', () => {
    expect(linux()).toBe('software');
    expect(linux({}, join(devices, 'missing'))).toBe('software');
    writeFileSync(join(devices, 'nvidiactl'), '');
    mkdirSync(join(devices, 'dri'));
    writeFileSync(join(devices, 'dri', 'card0'), '');
    expect(linux()).toBe('software');
  });

  it.each(['dri/renderD128', 'nvidia0', 'dxg'])('is hardware with /dev/%s', (file) => {
    mkdirSync(join(devices, 'dri'));
    writeFileSync(join(devices, file), '');
    expect(linux()).toBe('hardware');
  });

  it('is software where a person names software drivers only', () => {
    writeFileSync(join(devices, 'nvidia0'), '');
    const swiftshader = '/usr/lib/chromium/vk_swiftshader_icd.json';
    const lavapipe = '/usr/share/vulkan/icd.d/lvp_icd.x86_64.json';
    const nvidia = '/usr/share/vulkan/icd.d/nvidia_icd.json';
    expect(linux({ VK_ICD_FILENAMES: swiftshader })).toBe('software');
    expect(linux({ VK_DRIVER_FILES: `${lavapipe}:${swiftshader}` })).toBe('software');
    expect(linux({ VK_ICD_FILENAMES: `${lavapipe}:${nvidia}` })).toBe('hardware');
    expect(linux({ VK_DRIVER_FILES: '', VK_ICD_FILENAMES: nvidia })).toBe('hardware');
  });
});
