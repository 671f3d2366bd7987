/** Chooses the program of stage 1 by the name of the loss. */
import type { Configuration } from '../../domain/configuration/schema';
import { lossFactor } from '../../domain/losses/bounds';
import type { Program } from '../../engine/engine';
import type { Model } from '../model/model';
import { createOptimiser } from '../optimiser/createOptimiser';
import { classificationProgram } from './classification';
import type { ViewBatch } from './contrastive';
import { contrastiveProgram } from './contrastive';

/** The training program that a configuration asks for. */
export function stageOneProgram(configuration: Configuration, model: Model, batch: ViewBatch): Program {
  const { loss } = configuration;
  const optimiser = createOptimiser(configuration);
  switch (loss.name) {
    case 'supcon': {
      const factor = lossFactor(loss.scale, loss.temperature);
      return contrastiveProgram(model, batch, { temperature: loss.temperature, factor, optimiser });
    }
    case 'cross-entropy':
      return classificationProgram(model, batch, optimiser);
  }
}
