/**
 * The names of every scalar that a run records. The part before the slash is the section of the dashboard
 * that draws it; names are flat, so TensorBoard groups them the same way.
 */
export const TAG = {
  /** Epoch, as a fraction, at this step. */
  epoch: 'progress/epoch',
  /** The loss as optimised, in the configured scale. */
  loss: 'loss/optimised',
  /** Mean loss per valid anchor without any scale, so that runs of different recipes compare. */
  unscaledLoss: 'loss/unscaled',
  /** Parts of a joint loss, unscaled. */
  supConLoss: 'loss/supcon_unscaled',
  simClrLoss: 'loss/simclr_unscaled',
  crossEntropyLoss: 'loss/cross_entropy',
  /** The loss with every embedding equal, ln(V*N - 1) for SupCon, in the scale of the optimised loss. */
  collapseLine: 'loss/collapse_line',
  /** The loss of a regular simplex of class means in the scale of the optimised loss. */
  floor: 'loss/floor',
  /** (l - floor) / (collapse - floor): 1 collapsed, 0 optimal; random vectors lie above 1. */
  headroom: 'loss/headroom',
  learningRate: 'optimisation/learning_rate',
  gradientNorm: 'optimisation/gradient_norm',
  positivesPerAnchor: 'geometry/positives_per_anchor',
  anchorsWithoutPositives: 'geometry/anchors_without_positives',
  anchorsWithoutNegatives: 'geometry/anchors_without_negatives',
  cosineSameImage: 'geometry/cosine_same_image',
  cosineSameClass: 'geometry/cosine_same_class',
  cosineOtherClass: 'geometry/cosine_other_class',
  /** Mean over dimensions of the standard deviation of the projections; 1/sqrt(d) healthy, 0 collapsed. */
  projectionDeviation: 'geometry/projection_standard_deviation',
  knnAccuracy: 'accuracy/knn_validation',
  classMeanAccuracy: 'accuracy/nearest_class_mean_validation',
  /** Accuracy of the online classifier on training batches; cross-entropy runs only. */
  trainAccuracy: 'accuracy/train_batch',
  probeLoss: 'probe/loss',
  probeAccuracy: 'probe/accuracy_validation',
  /** Final figures on the test split, recorded once at the end: results.json says how each was measured. */
  testLinearProbe: 'test/linear_probe',
  testClassifier: 'test/classifier',
  testKnn: 'test/knn',
  testClassMean: 'test/nearest_class_mean',
  testRawPixels: 'test/raw_pixel_probe',
  testUntrained: 'test/untrained_encoder_probe',
  testCalibrationError: 'test/expected_calibration_error',
  viewsPerSecond: 'throughput/views_per_second',
  dataWaitShare: 'throughput/data_wait_share',
  processMemory: 'system/process_memory_bytes',
  cpuPercent: 'system/cpu_percent',
  gpuUtilisation: 'system/gpu_utilisation_percent',
  gpuMemory: 'system/gpu_memory_bytes',
  gpuPower: 'system/gpu_power_watts',
} as const;

export type Tag = (typeof TAG)[keyof typeof TAG];
