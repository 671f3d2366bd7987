/** What stage 1 optimises. */
import { LOSS_NAMES } from '../../losses/kinds';
import { OVERLAPS } from '../../losses/labelWeights';
import { COUNT, PROBABILITY, choice, group, real, whole } from '../fields';
import { choiceOrModule } from '../modulePath';

export const loss = group(
  {
    name: choiceOrModule(
      LOSS_NAMES,
      'supcon',
      'supcon: L_out of arXiv 2004.11362, equation 2. cross-entropy: the usual classifier, on the same views. simclr: NT-Xent, without labels. n-pairs: as that paper writes it; n-pairs-sohn: as Sohn did. triplet: semi-hard. large-margin: softmax with an angular margin. supcon+simclr and supcon+cross-entropy: both at once. A path such as "./my-loss.mjs": a module of your own.',
    ),
    temperature: real(
      0.1,
      { minimum: 0.005, maximum: 10 },
      'Temperature tau; the paper uses 0.1. N-pairs has tau 1, triplet and classifiers have none.',
    ),
    scale: choice(
      ['raw', 'tau', 'tau/base'],
      'raw',
      'Factor on the optimised loss: 1, tau (the reference code of the paper), or tau/0.07 (SupContrast).',
    ),
    sum: choice(
      ['out', 'in'],
      'out',
      'Sum over positives outside the logarithm (L_out, equation 2) or inside (L_in, equation 3).',
    ),
    denominator: choice(
      ['all', 'one-positive', 'negatives'],
      'all',
      'What stands in the denominator: all other views, the negatives and the one positive that is scored (SINCERE), or the negatives alone.',
    ),
    anchors: choice(['all', 'first'], 'all', 'Which views are anchors: all, or the first of each image.'),
    maxPositives: whole(
      0,
      COUNT,
      'Most positives of an anchor, its own other views included: V - 1 and a multiple of V; 0 is no cap. The rest leave the denominator too.',
    ),
    overlap: choice(
      OVERLAPS,
      'jaccard',
      'How much of a positive two samples with several labels are. jaccard: shared labels over labels of either, or sums of the smaller over sums of the larger weights (JSCL, arXiv 2212.00552). cosine: of their rows of weights (GenSCL, arXiv 2206.00384). any: whole where one label is shared.',
    ),
    weight: real(0.5, PROBABILITY, 'Weight of SupCon in a joint loss; the other part has the rest.'),
    tripletMargin: real(
      0.2,
      { minimum: 0, maximum: 2 },
      'Margin of the triplet loss, in squared distance of unit vectors; FaceNet uses 0.2.',
    ),
    angularMargin: whole(
      2,
      { minimum: 1, maximum: 4 },
      'Margin m of the large-margin softmax: the angle to the label counts m times; 1 is cross-entropy.',
    ),
    lengthPenalty: real(
      0.002,
      { minimum: 0, maximum: 1 },
      'Weight of the mean squared length of the embeddings in n-pairs-sohn, whose embeddings are not normalised.',
    ),
    labelSmoothing: real(
      0,
      { minimum: 0, maximum: 0.99 },
      'Share of each label that cross-entropy spreads over all classes.',
    ),
    chunk: whole(
      0,
      COUNT,
      'Anchors whose similarities are in memory at a time; 0 is all of them up to 1,024, and 512 at a time beyond. Values do not change, memory and speed do.',
    ),
  },
  'What stage 1 optimises.',
);
