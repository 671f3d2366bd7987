import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { graphicsDriver } from '../../../../src/runs/folder/graphicsDriver';
import { temporaryFolder } from '../folders';

const NO_TOOL = '/nowhere/nvidia-smi';

function file(text: string): string {
  const path = join(temporaryFolder(), 'version');
  writeFileSync(path, text);
  return path;
}

function tool(script: string): string {
  const path = join(temporaryFolder(), 'nvidia-smi');
  writeFileSync(path, `#!${process.execPath}\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('graphicsDriver', () => {
  it('reads the version that the kernel tells, of either kind of driver', async () => {
    const closed =
      'NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 22:23:56 UTC 2024\n';
    const open =
      'NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  560.35.03  Release Build  (dvs-builder)\nGCC version:  gcc version 12.3.0\n';
    for (const [text, version] of [
      [closed, '550.54.15'],
      [open, '560.35.03'],
    ] as const)
      expect(await graphicsDriver({ kernelFile: file(text), tool: NO_TOOL })).toEqual({
        'nvidia-driver': version,
      });
  });

  it.skipIf(process.platform === 'win32')('asks the tool where there is no such file', async () => {
    const places = { kernelFile: '/nowhere', tool: tool('console.log(" 551.86\\n551.86")') };
    expect(await graphicsDriver(places)).toEqual({ 'nvidia-driver': '551.86' });
  });

  it.skipIf(process.platform === 'win32')('records nothing where nothing sensible is said', async () => {
    const failing = tool('console.log("NVIDIA-SMI has failed"); process.exit(9)');
    expect(await graphicsDriver({ kernelFile: file('garbage'), tool: failing })).toEqual({});
    expect(await graphicsDriver({ kernelFile: '/nowhere', tool: NO_TOOL })).toEqual({});
  });
});
