import { formatUsage } from "../runner/usage";
import type { Magic } from "./magic";

const documentation =
  "Prints how long it took by the clock, and the processor time of the kernel meanwhile, after its other output. " +
  "The result is shown as without it.";

const run: Magic["run"] = async ({ steps }, kernel) => {
  const outcome = await kernel.run(steps);
  if (outcome.status === "ok" && outcome.usage)
    kernel.publish("stream", { name: "stdout", text: formatUsage(outcome.usage) });
  return outcome;
};

/** `%time statement`: how long a statement takes. */
export const timeStatement: Magic = {
  name: "%time",
  usage: "%time STATEMENT",
  documentation: `Runs the statement that begins behind it. ${documentation}`,
  takes: "statement",
  run,
};

/** `%%time`: how long a cell takes. */
export const timeCell: Magic = {
  name: "%%time",
  usage: "%%time",
  documentation: `Runs the rest of the cell. ${documentation}`,
  takes: "code",
  run,
};
