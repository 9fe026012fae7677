import { layerTests } from "./layers";

layerTests("wasm");
