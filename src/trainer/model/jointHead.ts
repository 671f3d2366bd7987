/** Two heads on one encoder, trained together: a projection for the contrastive loss and a classifier. */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Head } from './heads';
import type { ModelContext } from './layers';

/** `apply` gives the projections, so that evaluation treats the run as a contrastive one. */
export interface JointHead extends Head {
  /** Features [N, F] to logits [N, classes]. */
  classify(context: ModelContext, features: Tensor2D): Tensor2D;
}

/** Both heads on the same features. */
export function jointHead(projection: Head, classifier: Head): JointHead {
  return {
    parameters: [...projection.parameters, ...classifier.parameters],
    apply: (context, features) => projection.apply(context, features),
    classify: (context, features) => classifier.apply(context, features),
  };
}

/** The head of a model that must have two. Throws where it has one. */
export function requireJoint(head: Head): JointHead {
  if (!('classify' in head)) throw new Error('A joint loss needs a projection head and a classifier');
  return head as JointHead;
}
