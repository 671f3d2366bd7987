/** The paper's stability figure (arXiv 2004.11362, Figure 4): a box a family, a dot a setting. */
import { boxPlot } from '../figures/boxPlot';
import { metricNamed } from '../run/metrics';
import type { Claim } from './claim';
import type { ArmResults } from './verdict';
import { familyMeans } from './verdict';

/** The figure of a claim about spread, as SVG; undefined for other claims, and where there are no figures. */
export function spreadFigure(claim: Claim, results: ArmResults): string | undefined {
  const spread = claim.contrasts.find((contrast) => contrast.kind === 'spread');
  if (spread === undefined) return undefined;
  const boxes = [spread.narrower, spread.wider].map((family) => ({
    label: family,
    values: familyMeans(family, spread.metric, { arms: claim.arms, results }),
  }));
  if (boxes.some(({ values }) => values.length === 0)) return undefined;
  const { label, unit } = metricNamed(spread.metric);
  const isShare = unit === 'share';
  return boxPlot(boxes, {
    axis: isShare ? `${label}, %` : label,
    format: (value) => (isShare ? 100 * value : value).toFixed(1),
  });
}
