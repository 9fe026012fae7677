/** TensorFlow.js, whichever package provides it. */
export type TensorFlow = typeof import("@tensorflow/tfjs");
