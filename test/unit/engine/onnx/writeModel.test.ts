import { describe, expect, it } from 'vitest';
import '../../../../src/engine/gradients';
import { optimise } from '../../../../src/engine/graph/passes/optimise';
import { planLayouts } from '../../../../src/engine/onnx/layout';
import { writeModel } from '../../../../src/engine/onnx/writeModel';
import { traceProgram } from '../../../../src/engine/trace/trace';
import { residualModule } from '../residualStep';

const module = residualModule({ views: 4, size: 8, width: 4, embedding: 4 });
const trace = (): ReturnType<typeof optimise> => optimise(traceProgram(module.programs.train, module.state));

describe('writeModel', () => {
  it('gives the same bytes for the same program', () => {
    const [first, second] = [writeModel(trace()), writeModel(trace())];
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
  });

  it('keeps the model small, whatever the batch', () => {
    const large = residualModule({ views: 64, size: 32, width: 4, embedding: 4 });
    const bytes = writeModel(optimise(traceProgram(large.programs.train, large.state)));
    expect(bytes.length).toBeLessThan(300_000);
  });
});

describe('planLayouts', () => {
  it('keeps images in blocks where their channels fill them', () => {
    const graph = trace();
    const [plain, blocked] = [planLayouts(graph), planLayouts(graph, 8)];
    expect([...plain.values()]).not.toContain('blocked');
    expect([...blocked.keys()]).toEqual([...plain.keys()]);
    const inBlocks = [...blocked].filter(([, layout]) => layout === 'blocked').map(([value]) => value);
    expect(inBlocks.length).toBeGreaterThan(0);
    expect(inBlocks.filter(({ shape }) => (shape[3] ?? 0) % 8 !== 0)).toEqual([]);
  });

  it('keeps every image between convolutions channels-first, and filters as they are', () => {
    const graph = trace();
    const channelsFirst = planLayouts(graph);
    const images = graph.nodes.flatMap(({ outputs }) => outputs).filter(({ shape }) => shape.length === 4);
    const [ofImages, ofFilters] = [
      images.filter(({ shape }) => shape[0] === 4),
      images.filter(({ shape }) => shape[0] !== 4),
    ];
    const pooled = ofImages.filter(({ shape }) => shape[1] === 1);
    expect(ofImages.filter((value) => !channelsFirst.has(value))).toEqual(pooled);
    expect(ofFilters.filter((value) => channelsFirst.has(value))).toEqual([]);
    expect(ofFilters.length).toBeGreaterThan(0);
  });
});
