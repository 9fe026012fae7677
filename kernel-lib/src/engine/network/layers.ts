/** The layers of a `Network`. */
export { bidirectional } from "./bidirectional-layer";
export { dense } from "./dense-layer";
export { dropout } from "./dropout-layer";
export { embedding } from "./embedding-layer";
export { gru, gruResetBefore, lstm, peepholeLSTM, recurrent, simpleRNN } from "./recurrent-layer";
