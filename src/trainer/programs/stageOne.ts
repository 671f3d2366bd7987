/** Chooses the program of stage 1 by the head that its loss needs. */
import type { Configuration } from '../../domain/configuration/schema';
import { HumanError } from '../../domain/errors';
import { isContrastive, lossKind } from '../../domain/losses/kinds';
import { severalLabelsRefusal } from '../../domain/losses/severalLabels';
import type { Program } from '../../engine/engine';
import { contrastiveObjective } from '../losses/objective';
import type { Model } from '../model/model';
import { createOptimiser } from '../optimiser/createOptimiser';
import type { ViewBatch } from './batch';
import { classificationProgram, crossEntropyOf, largeMarginOf } from './classification';
import { contrastiveProgram } from './contrastive';
import { jointProgram } from './joint';

/**
 * The training program that a configuration asks for.
 * @throws HumanError where images are mixed or samples have several labels, but the loss has one label a view
 */
export function stageOneProgram(configuration: Configuration, model: Model, batch: ViewBatch): Program {
  const { loss } = configuration;
  const optimiser = createOptimiser(configuration);
  if (batch.targets === 'mixed' && loss.name !== 'cross-entropy') throw new HumanError(mixedSentence(loss));
  const refusal = batch.weighedClasses === undefined ? undefined : severalLabelsRefusal(configuration);
  if (refusal !== undefined) throw new HumanError(refusal);
  switch (lossKind(loss.name).head) {
    case 'projection':
    case 'plain-projection': {
      const objective = contrastiveObjective(loss, batch.views, model.ownLoss);
      const embeddings = lossKind(loss.name).head === 'projection' ? 'normalised' : 'plain';
      return contrastiveProgram(model, batch, { objective, optimiser, embeddings, chunk: loss.chunk });
    }
    case 'classifier':
      return classificationProgram(model, batch, { optimiser, classify: crossEntropyOf(model, loss) });
    case 'margin-classifier':
      return classificationProgram(model, batch, { optimiser, classify: largeMarginOf(loss) });
    case 'projection+classifier': {
      const objective = contrastiveObjective(loss, batch.views);
      return jointProgram(model, batch, { ...loss, alpha: loss.weight, optimiser, objective });
    }
  }
}

function mixedSentence({ name }: Configuration['loss']): string {
  const reason = isContrastive(name)
    ? 'compares views by one label each'
    : 'sets its margin against one label a view';
  return `MixUp and CutMix give each view two labels, but "${name}" ${reason}; mix images with "cross-entropy" only.`;
}
