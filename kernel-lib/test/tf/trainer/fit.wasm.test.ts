import { fitTests } from "./fit";

fitTests("wasm");
