/** `supcon sample-pictures RUN ID...`: prints pictures of samples for the editor, see src/protocol/samplePictures.ts. */
import { EXIT_CODE, HumanError } from '../../domain/errors';
import type { SamplePicturesAnswer } from '../../protocol/samplePictures';
import { samplePictures } from '../samplePictures';

/** Prints one line; the exit code. */
export async function printSamplePictures(folder: string, ids: readonly string[]): Promise<number> {
  const answer = await read(folder, ids);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  return answer.type === 'failed' ? EXIT_CODE.badInput : EXIT_CODE.completed;
}

async function read(folder: string, ids: readonly string[]): Promise<SamplePicturesAnswer> {
  try {
    const { height, width, pixels } = await samplePictures(folder, ids);
    return { type: 'pictures', height, width, pixels: Buffer.from(pixels.buffer).toString('base64') };
  } catch (thrown) {
    if (!(thrown instanceof HumanError)) throw thrown;
    return { type: 'failed', message: thrown.message };
  }
}
