/** From what was written and what was drawn to how long each step took. */

/**
 * Milliseconds from the write of each step to the first drawing that shows it, for every chart and run. What was never
 * drawn took infinitely long.
 * @param {ReadonlyMap<string, readonly number[]>} written by run, when the write of each step had returned
 * @param {readonly import('../sides/livePage.mjs').Drawing[]} drawings in the order of time
 * @param {{ from: number, to: number }} window steps written from `from` on and before `to` count
 * @returns {number[]} not in order
 */
export function delaysOf(written, drawings, { from, to }) {
  const charts = new Set(drawings.map(({ chart }) => chart));
  return [...charts].flatMap((name) =>
    [...written].flatMap(([run, stamps]) => {
      const ofChart = drawings.filter(({ chart }) => chart === name);
      const shown = ofChart.map(({ steps, at }) => ({ at, step: new Map(steps).get(run) ?? -1 }));
      let next = 0;
      return stamps.flatMap((stamp, step) => {
        while (next < shown.length && (shown[next]?.step ?? -1) < step) next++;
        const isCounted = stamp >= from && stamp < to;
        return isCounted ? [(shown[next]?.at ?? Infinity) - stamp] : [];
      });
    }),
  );
}
