import { kerasLayerTests } from "./keras-layers";

kerasLayerTests("wasm");
