export { adam } from "./adam";
export { gatherRows, scatterAddRows } from "./embedding";
export { gemm, packPanels, packTransposedPanels } from "./gemm";
export { gruGates, gruGatesBackward, gruOutput, gruOutputBackward, gruResetAfterBackward, gruResetAfterForward } from "./gru";
export { lstmBackward, lstmForward } from "./lstm";
export { rnnBackward, rnnForward } from "./rnn";
export { broadcastRow, clear, sumProducts, sumRows } from "./rows";
export { softmaxCrossEntropy } from "./softmax";
