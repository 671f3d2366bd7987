/** From a request to a drawing as it travels: pictures as base64, and what the encoder of a run makes of the views. */
import { HumanError } from '../../domain/errors';
import type { Comparison, Drawn, DrawRequest } from '../../protocol/preview';
import { viewPicture } from '../../trainer/data/preview';
import type { ViewEncoder } from '../../trainer/preview/viewEncoder';
import type { ComparedViews } from '../../trainer/preview/compare';
import { compareViews } from '../../trainer/preview/compare';
import type { DrawnSample, Preview } from '../../trainer/preview/open';

/** Bytes of pictures in one drawing; of large images fewer samples are drawn than were asked for. */
const MOST_BYTES = 24 * 1024 * 1024;
const COLOURS = 3;

/**
 * Draws the samples of a request.
 * @param openEncoder the encoder of the run that the request names; not called where it names none
 */
export async function drawPreview(
  preview: Preview,
  request: DrawRequest,
  openEncoder: (run: string) => Promise<ViewEncoder>,
): Promise<Drawn> {
  const { first, epoch, run } = request;
  const samples = preview
    .samplesAt(first, Math.min(request.samples, mostSamples(preview)))
    .map((sample) => preview.draw(sample, epoch));
  const compared = run === '' ? undefined : await compare(preview, samples, () => openEncoder(run));
  const matrices = compared !== undefined && 'matrices' in compared ? compared.matrices : [];
  return {
    ...{ first, epoch, run, samples: samples.length },
    rows: samples.map((sample, place) => rowOf(preview, sample, matrices[place])),
    comparison: comparisonOf(compared),
  };
}

function mostSamples({ train, opened }: Preview): number {
  const bytes = train.height * train.width * COLOURS * (opened.views + 1);
  return Math.max(1, Math.floor(MOST_BYTES / bytes));
}

type Compared = (ComparedViews & { readonly step: number }) | { readonly problem: string };

/** A run that cannot be loaded takes nothing from the drawing but the similarities. */
async function compare(
  { train }: Preview,
  samples: readonly DrawnSample[],
  open: () => Promise<ViewEncoder>,
): Promise<Compared> {
  try {
    const encoder = await open();
    encoder.requireSize(train);
    return { ...(await compareViews(encoder, samples)), step: encoder.step };
  } catch (thrown) {
    if (thrown instanceof HumanError) return { problem: thrown.message };
    throw thrown;
  }
}

function comparisonOf(compared: Compared | undefined): Comparison | null {
  if (compared === undefined) return null;
  return 'problem' in compared ? compared : { step: compared.step, means: compared.means };
}

function rowOf(
  { train }: Preview,
  { id, className, image, views }: DrawnSample,
  cosines: number[][] | undefined,
): Drawn['rows'][number] {
  return {
    id,
    className,
    image: base64(image),
    views: views.map((view) => base64(viewPicture(view, train.channels))),
    cosines: cosines ?? null,
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
