/**
 * Augmentation of your own: every view gets its own contrast and a patch of noise.
 *
 *   "augmentation": { "policy": "./own-views.mjs" }
 *
 * The function that you export is called once in each data worker with the `size` {height, width, channels} of the
 * images. It returns a function that changes one image in place, after crop and flip and before normalisation:
 * values 0 to 1, [height, width, channels]. Draw from `random` alone (uniform(), between(low, high), integer(n),
 * normal()), so that a resumed run sees the same views.
 */
export default function createViews({ size }) {
  const { height, width, channels } = size;
  const side = Math.max(1, Math.floor(Math.min(height, width) / 4));
  return (image, random) => {
    const contrast = random.between(0.5, 1);
    for (let i = 0; i < image.length; i++) image[i] = 0.5 + (image[i] - 0.5) * contrast;
    const top = random.integer(height - side + 1);
    const left = random.integer(width - side + 1);
    for (let row = top; row < top + side; row++)
      for (let i = (row * width + left) * channels; i < (row * width + left + side) * channels; i++)
        image[i] = random.uniform();
  };
}
