/**
 * An encoder of your own: three strided convolutions with batch normalisation, then the mean over the image.
 *
 *   "model": { "encoder": "./own-encoder.mjs", "width": 16 }
 *
 * The function that you export is called once. `image` is {height, width, channels}, `settings` the section "model"
 * of the configuration. `parameters` describes tensors (their values come from the run's seed and their name),
 * `layers` finds them by name. `apply` gets a context, which layers pass on, and images [N, H, W, C]; it returns
 * features [N, featureWidth]. It is traced once into a graph: it may not read values.
 */
export default function createEncoder({ tf, image, settings, parameters, layers }) {
  const widths = [settings.width, settings.width * 2, settings.width * 4];
  const blocks = widths.map((outputs, i) => ({
    name: `encoder/block${i + 1}`,
    inputs: i === 0 ? image.channels : widths[i - 1],
    outputs,
  }));
  return {
    parameters: blocks.flatMap(({ name, inputs, outputs }) => [
      parameters.kernel(`${name}/kernel`, [3, 3, inputs, outputs]),
      ...parameters.batchNorm(name, outputs),
    ]),
    featureWidth: widths[widths.length - 1],
    apply(context, images) {
      const last = blocks.reduce(
        (x, { name }) =>
          tf.relu(layers.batchNormalisation(context, name, layers.convolution(context, name, x, 2))),
        images,
      );
      return tf.mean(last, [1, 2]);
    },
  };
}
