/** dataset.json: which samples a run was trained and measured on. Runs of earlier versions have none. */

export interface DatasetFile {
  readonly formatVersion: number;
  /** As the configuration names it. */
  readonly kind: string;
  readonly samples: 'images' | 'features';
  /** Of one sample; features have height and width 1. */
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classNames: readonly string[];
  /** Samples of each split. */
  readonly counts: { readonly train: number; readonly validation: number; readonly test: number };
  /** SHA-256, in hexadecimal, over shapes, labels and values of training and test set. */
  readonly contentHash: string;
  /** Image files that could not be decoded and were left out. */
  readonly damaged: number;
}
