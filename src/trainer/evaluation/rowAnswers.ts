/**
 * What the run would answer to each row of a snapshot: its own classifier where training makes one, else the online
 * probe, else the vote of the nearest training images, which is what the recorded accuracy is of.
 */
import { isClassification } from '../../domain/losses/kinds';
import { argMax } from '../../domain/metrics/accuracy';
import type { NeighbourVote } from '../../domain/metrics/neighbours';
import { softmaxRows } from '../../domain/metrics/temperatureScaling';
import type { Job } from '../job';
import type { Encoded } from './encode';
import { neighbourAnswers, type NeighbourAnswers } from './neighbours';
import { onlineProbeLogits } from './onlineProbe';
import { rowsFrom } from './sample';

/** One answer a row. */
export interface RowAnswers {
  /** Whose answers they are, in words. */
  readonly source: string;
  /** Classes by number. */
  readonly answers: Int32Array;
  /** Softmax probability of the answer, or the share of the votes for it, 0 to 1. */
  readonly confidence: Float32Array;
}

/** The bank that votes, and the votes on the first rows, which the evaluation has counted already. */
export interface CountedVotes {
  readonly bank: Encoded;
  readonly vote: NeighbourVote;
  readonly first: NeighbourAnswers;
}

/** The answers to all rows of a snapshot. */
export async function rowAnswers(job: Job, rows: Encoded, votes: CountedVotes): Promise<RowAnswers> {
  if (isClassification(job.configuration.loss.name)) {
    return answersOf("the run's own classifier", rows.head, job.classes);
  }
  const logits = await onlineProbeLogits(job, rows);
  if (logits !== undefined) return answersOf('the online linear probe', logits, job.classes);
  const source = `the vote of the ${votes.vote.neighbours} nearest training images`;
  return { source, ...(await allVotes(job, rows, votes)) };
}

function answersOf(source: string, logits: Float32Array, classes: number): RowAnswers {
  const probabilities = softmaxRows(logits, classes);
  const count = logits.length / classes;
  const answers = Int32Array.from({ length: count }, (_, row) => argMax(logits, row * classes, classes));
  const confidence = Float32Array.from(answers, (answer, row) => probabilities[row * classes + answer]);
  return { source, answers, confidence };
}

/** Only rows that were not counted yet are asked about. */
async function allVotes({ engine }: Job, rows: Encoded, votes: CountedVotes): Promise<NeighbourAnswers> {
  const { bank, vote, first } = votes;
  const count = rows.labels.length;
  const known = Math.min(first.answers.length, count);
  if (known === count) {
    return { answers: first.answers.slice(0, count), confidence: first.confidence.slice(0, count) };
  }
  const rest = await neighbourAnswers(engine, bank, rowsFrom(rows, known), vote);
  const answers = new Int32Array(count);
  const confidence = new Float32Array(count);
  answers.set(first.answers);
  answers.set(rest.answers, known);
  confidence.set(first.confidence);
  confidence.set(rest.confidence, known);
  return { answers, confidence };
}
