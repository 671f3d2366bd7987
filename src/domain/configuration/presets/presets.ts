/** Ready configurations by name, in the order of the quick pick. */
import type { PartialConfiguration } from '../schema';
import { CIFAR_PRESETS } from './cifar';
import { LARGE_PRESETS } from './large';
import type { Preset } from './preset';
import { SMALL_PRESETS } from './small';

export const PRESETS: readonly Preset[] = [...SMALL_PRESETS, ...CIFAR_PRESETS, ...LARGE_PRESETS];

/** The preset of a name, or undefined. */
export function presetNamed(name: string): Preset | undefined {
  return PRESETS.find((preset) => preset.name === name);
}

/** The configuration of a preset, which names it, so that a run knows what it departs from. */
export function configurationOf({ name, configuration }: Preset): PartialConfiguration {
  return { ...configuration, preset: name };
}
