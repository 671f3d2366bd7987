/**
 * What a level from 0 to 10 means to each operation. The ranges are those of arXiv 1805.09501, table 6. Published
 * codes differ; followed here: factors of enhancers, signs, rotation, shear, SolarizeAdd and Cutout as TensorFlow's
 * (the code of AutoAugment, RandAugment and SupCon), the rest as torchvision's, for these reasons:
 * - Posterize: the table says 8 down to 4 bits. TensorFlow keeps 4 down to 0 bits; none of 8 bits is a black picture.
 * - Solarize: a threshold from 256 down to 0, as in AutoAugment's own code for CIFAR-10; in TensorFlow's later code it
 *   rises with the level, and at 10 nothing happens.
 * - Translate: the table's 150 pixels of 331, as a share of the side. For CIFAR-10 AutoAugment's code has 10 of 32.
 * - Enhancers: 0.1 to 1.9, level 5 changing nothing; torchvision takes 1 +- 0.9 * level / 10 in place of that.
 */
import type { RandomStream } from '../../../domain/random/stream';
import type { ImageSize } from '../image';
import { LEVELS, type OperationName, type PlannedOperation } from './operation';

/** The strongest level. */
export const MOST_LEVEL = 10;

/** The argument of an operation, given the share of the strongest level, 0 to 1. */
interface Magnitude {
  readonly argumentOf: (share: number, size: ImageSize) => number;
  /** Whether chance turns the sign. */
  readonly isSigned: boolean;
}

const MOST_SHEAR = 0.3;
const MOST_DEGREES = 30;
const MOST_TRANSLATION = 150 / 331;
/** RandAugment's code cuts squares of 2 x 40 pixels out of 224. */
const MOST_CUTOUT_HALF = 40 / 224;
const MOST_ADDITION = 110;
const MOST_BITS_LOST = 4;

const NONE: Magnitude = { argumentOf: () => 0, isSigned: false };
const SHEAR: Magnitude = { argumentOf: (share) => share * MOST_SHEAR, isSigned: true };
const FACTOR: Magnitude = { argumentOf: (share) => 0.1 + 1.8 * share, isSigned: false };

const MAGNITUDES: Readonly<Record<OperationName, Magnitude>> = {
  ShearX: SHEAR,
  ShearY: SHEAR,
  TranslateX: {
    argumentOf: (share, { width }) => Math.trunc(share * MOST_TRANSLATION * width),
    isSigned: true,
  },
  TranslateY: {
    argumentOf: (share, { height }) => Math.trunc(share * MOST_TRANSLATION * height),
    isSigned: true,
  },
  Rotate: { argumentOf: (share) => share * MOST_DEGREES, isSigned: true },
  AutoContrast: NONE,
  Invert: NONE,
  Equalize: NONE,
  Solarize: { argumentOf: (share) => Math.trunc((1 - share) * LEVELS), isSigned: false },
  SolarizeAdd: { argumentOf: (share) => Math.trunc(share * MOST_ADDITION), isSigned: false },
  Posterize: { argumentOf: (share) => 8 - Math.round(MOST_BITS_LOST * share), isSigned: false },
  Contrast: FACTOR,
  Color: FACTOR,
  Brightness: FACTOR,
  Sharpness: FACTOR,
  Cutout: {
    argumentOf: (share, { height, width }) => Math.trunc(share * MOST_CUTOUT_HALF * Math.min(height, width)),
    isSigned: false,
  },
};

/** Decides by chance what a level leaves open: a sign, and where Cutout cuts. */
export function planOperation(
  random: RandomStream,
  { name, level }: { readonly name: OperationName; readonly level: number },
  size: ImageSize,
): PlannedOperation {
  const { argumentOf, isSigned } = MAGNITUDES[name];
  const argument = argumentOf(level / MOST_LEVEL, size);
  const sign = isSigned && random.uniform() < 0.5 ? -1 : 1;
  return { name, argument: sign * argument, centre: name === 'Cutout' ? drawPixel(random, size) : [0, 0] };
}

function drawPixel(random: RandomStream, { height, width }: ImageSize): [number, number] {
  return [random.integer(height), random.integer(width)];
}
