import { fuzzSuite } from "./fuzz/suite";

fuzzSuite({ seed: 1, messages: 1000, cells: 150, maxMiB: 1000 });
