import { it } from "vitest";
import { nativeIsInstalled } from "./backends";
import { kerasLayerTests } from "./keras-layers";

if (nativeIsInstalled) kerasLayerTests("tensorflow");
else it.skip("the native library is not installed", () => {});
