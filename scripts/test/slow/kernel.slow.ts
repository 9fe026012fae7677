import { fuzzSuite } from "../../../kernel-lib/test/jupyter/fuzz/suite";
import { interruptSuite } from "../../../kernel-lib/test/jupyter/interrupts";

interruptSuite({ times: 1000, slowestMs: 50, growthMiB: 200 });
fuzzSuite({ seed: 2, messages: 10_000, cells: 10_000, maxMiB: 3000 });
