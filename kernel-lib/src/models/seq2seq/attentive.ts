import { AdditiveAttention } from "../../cells/additive-attention";
import { type AttentiveCache, AttentiveCell } from "../../cells/attentive-cell";
import type { Params, State } from "../../cells/cell";
import { joinParams } from "../../cells/params";
import type { Decoder, DecoderParts } from "./decoder";

/**
 * A decoder with additive attention over all of the encoder's outputs (Bahdanau, Cho & Bengio 2015). It starts, as
 * `fixedContext`, from the state in which the encoder ends; the paper starts from a function of its backward half.
 */
export const attentive =
  ({ units }: { readonly units: number }) =>
  <S extends State, C>({
    inputSize,
    memoryUnits,
    cell: make,
    random,
  }: DecoderParts<S, C>): Decoder<S, AttentiveCache<C>> => {
    const cell = make(inputSize + memoryUnits);
    const attention = AdditiveAttention.init({ queryUnits: cell.units, memoryUnits, units, random });
    return {
      params: joinParams({ cell: cell.params, attention: attention.params }),
      inputSize,
      units: cell.units,
      zeroState: (batch) => cell.zeroState(batch),
      over(hs) {
        const memory = attention.remember(hs);
        return {
          cell: new AttentiveCell(cell, attention, memory),
          part({ "memory.values": values, "memory.keys": keys, ...grads }: Params) {
            const { dhs, keyKernel } = attention.rememberBackward({ values, keys }, memory, hs.length);
            return { grads: { ...grads, "attention.keyKernel": keyKernel }, dMemory: dhs };
          },
        };
      },
    };
  };
