/** Diagnostics of the embedding at the end of an epoch: scalars for the event file, histograms in a file of their own. */
import { isClassification } from '../../domain/losses/kinds';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmbeddingDiagnostics } from '../../domain/diagnostics/embedding';
import { diagnoseEmbedding } from '../../domain/diagnostics/embedding';
import { normaliseRows } from '../../domain/metrics/neighbours';
import { TAG } from '../../domain/metrics/tags';
import { FORMAT_VERSION, RUN_FILE, epochName } from '../../domain/run/layout';
import { writeJson } from '../../formats/files';
import type { Job } from '../job';
import type { Scalars } from '../recording/recorder';
import type { Encoded } from './encode';

/** Measures validation images that are encoded already, writes `epoch-NNNNNN.json`, and returns what to record. */
export async function diagnoseEpoch(
  job: Job,
  encoded: Encoded,
  moment: { readonly epoch: number; readonly step: number },
): Promise<Scalars> {
  const began = performance.now();
  const { projections, of } = projectionsOf(job, encoded);
  const found = diagnoseEmbedding({ features: encoded.features, projections, labels: encoded.labels });
  const folder = join(job.folder, RUN_FILE.diagnostics);
  await mkdir(folder, { recursive: true });
  await writeJson(join(folder, `${epochName(moment.epoch)}.json`), {
    formatVersion: FORMAT_VERSION,
    epoch: moment.epoch,
    step: moment.step,
    samples: encoded.labels.length,
    sampling: `validation split, seed ${job.configuration.seed}`,
    projections: of,
    ...found,
  });
  return { ...scalarsOf(found), [TAG.diagnosticsSeconds]: (performance.now() - began) / 1000 };
}

/** The head's output where the head is a projection; the logits of a classifier are no embedding. */
function projectionsOf({ configuration }: Job, { features, head, labels }: Encoded) {
  return isClassification(configuration.loss.name)
    ? {
        projections: normaliseRows(features.slice(), features.length / labels.length),
        of: 'encoder features, L2-normalised',
      }
    : { projections: head, of: 'output of the projection head' };
}

function scalarsOf(found: EmbeddingDiagnostics): Scalars {
  return {
    [TAG.featureRank]: found.featureRank,
    [TAG.projectionRank]: found.projectionRank,
    [TAG.withinClassVariability]: found.nc1,
    [TAG.classDistanceVariance]: found.cdnv,
    [TAG.classAlignment]: found.classAlignment,
    [TAG.uniformity]: found.uniformity,
    [TAG.cosineMargin]: found.margin,
    [TAG.cosineAuc]: found.auc,
  };
}
