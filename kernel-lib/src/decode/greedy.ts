import { argmax, type DecodeOptions, type DecodeStep } from "./step";

/** Takes the most probable token at every step. The best token each time is not the best sequence. */
export function greedy<S>(step: DecodeStep<S>, options: DecodeOptions<S>): number[] {
  const out: number[] = [];
  let { start: token, state } = options;
  while (out.length < options.length && (out.length === 0 || token !== options.stop)) {
    const next = step(token, state);
    state = next.state;
    token = argmax(next.logits);
    out.push(token);
  }
  return out;
}
