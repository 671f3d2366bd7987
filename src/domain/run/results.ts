/** results.json: every figure with the data split it was measured on and the protocol that gave it. */

export interface Figure {
  readonly split: 'train' | 'validation' | 'test';
  readonly protocol: string;
}

export interface Accuracy extends Figure {
  /** Share of samples whose highest-scored class is right, 0 to 1. */
  readonly top1: number;
}

export interface Results {
  readonly formatVersion: number;
  readonly linearProbe?: Accuracy;
  readonly knn?: Accuracy;
  readonly nearestClassMean?: Accuracy;
  readonly rawPixelProbe?: Accuracy;
  readonly rawPixelClassMean?: Accuracy;
  readonly untrainedProbe?: Accuracy;
  /** The classifier that cross-entropy training itself produced. */
  readonly classifier?: Accuracy;
  readonly calibration?: Figure & { readonly ece: number; readonly bins: number };
  readonly loss?: Figure & { readonly final: number; readonly collapse: number; readonly floor: number };
  readonly throughput?: Figure & { readonly viewsPerSecond: number };
}
