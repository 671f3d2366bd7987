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
  /** Length of the step that the trained values took, and their length after it. */
  updateNorm: 'optimisation/update_norm',
  parameterNorm: 'optimisation/parameter_norm',
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
  /** The linear probe that is trained beside stage 1 behind a stop-gradient. */
  onlineProbeLoss: 'probe/online_loss',
  onlineProbeBatchAccuracy: 'probe/online_accuracy_batch',
  onlineProbeAccuracy: 'probe/online_accuracy_validation',
  /** Mean squared distance of projections of one class: 0 where classes have become points. */
  classAlignment: 'diagnostics/class_alignment',
  /** ln mean exp(-2 d^2) over pairs of projections: 0 collapsed, about -4 spread evenly. */
  uniformity: 'diagnostics/uniformity',
  /** Effective number of dimensions; compare within one method only. */
  featureRank: 'diagnostics/rankme_features',
  projectionRank: 'diagnostics/rankme_projections',
  /** tr(pinv(Sb) Sw) / C of encoder features: towards 0 as classes collapse onto their means. */
  withinClassVariability: 'diagnostics/nc1',
  /** Class-distance normalised variance of encoder features: towards 0 likewise. */
  classDistanceVariance: 'diagnostics/cdnv',
  /** Mean cosine of projections of one class less that of different classes. */
  cosineMargin: 'diagnostics/cosine_margin',
  /** Probability that a pair of one class is more similar than a pair of two. */
  cosineAuc: 'diagnostics/cosine_auc',
  /** What the diagnostics of this epoch took. */
  diagnosticsSeconds: 'diagnostics/seconds',
  /** Final figures on the test split, recorded once at the end: results.json says how each was measured. */
  testLinearProbe: 'test/linear_probe',
  testClassifier: 'test/classifier',
  /** The classifier of a joint loss, on test and on the whole validation split. */
  testJointClassifier: 'test/joint_classifier',
  jointClassifierValidation: 'accuracy/joint_classifier_validation',
  testKnn: 'test/knn',
  testClassMean: 'test/nearest_class_mean',
  testRawPixels: 'test/raw_pixel_probe',
  testUntrained: 'test/untrained_encoder_probe',
  testCalibrationError: 'test/expected_calibration_error',
  testScaledCalibrationError: 'test/expected_calibration_error_scaled',
  testTop5: 'test/linear_probe_top5',
  testPrecisionAt1: 'test/precision_at_1',
  testRPrecision: 'test/r_precision',
  testMapAtR: 'test/map_at_r',
  testMutualInformation: 'test/nmi',
  testCorrupted: 'test/accuracy_corrupted',
  viewsPerSecond: 'throughput/views_per_second',
  dataWaitShare: 'throughput/data_wait_share',
  processMemory: 'system/process_memory_bytes',
  cpuPercent: 'system/cpu_percent',
  gpuUtilisation: 'system/gpu_utilisation_percent',
  gpuMemory: 'system/gpu_memory_bytes',
  gpuPower: 'system/gpu_power_watts',
} as const;

export type Tag = (typeof TAG)[keyof typeof TAG];
