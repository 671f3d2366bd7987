/**
 * Registers the gradient of every TensorFlow.js operation, once for all engines: the package leaves that to
 * whoever differentiates. Registries are global, so it does not matter who imports this first.
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients';
