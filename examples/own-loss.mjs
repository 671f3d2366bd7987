/**
 * A loss of your own: decoupled contrastive learning (arXiv 2110.06848) with labels. Positives are pulled together
 * as in SupCon; the denominator holds negatives alone.
 *
 *   "loss": { "name": "./own-loss.mjs", "temperature": 0.1 }
 *
 * The function that you export is called once. `tf` is TensorFlow.js, `settings` the section "loss" of the
 * configuration, `views` the number of views of an image; rows are view-major: row v * N + i is view v of image i.
 * It returns a function of embeddings [M, d], L2-normalised, and labels [M] to a scalar; where samples have several
 * labels or soft ones, it is given their weights [M, classes] as a third argument. That function is traced once into a
 * graph: it may not read values, and shapes may not depend on data.
 */
export default function createLoss({ tf, settings }) {
  return (embeddings, labels) => {
    const count = embeddings.shape[0];
    const self = tf.eye(count);
    const same = tf.cast(tf.equal(tf.expandDims(labels, 1), tf.expandDims(labels, 0)), 'float32');
    const positives = tf.sub(same, self);
    const negatives = tf.sub(1, same);
    const logits = tf.div(tf.matMul(embeddings, embeddings, false, true), settings.temperature);
    // Cosines are at most 1, so this keeps every exponential at most 1.
    const shifted = tf.sub(logits, 1 / settings.temperature);
    const logNegatives = tf.log(tf.add(tf.sum(tf.mul(tf.exp(shifted), negatives), 1), 1e-12));
    const own = tf.div(tf.sum(tf.mul(shifted, positives), 1), tf.maximum(tf.sum(positives, 1), 1));
    return tf.mean(tf.sub(logNegatives, own));
  };
}
