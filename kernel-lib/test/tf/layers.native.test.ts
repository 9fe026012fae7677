import { it } from "vitest";
import { nativeIsInstalled } from "./backends";
import { layerTests } from "./layers";

if (nativeIsInstalled) layerTests("tensorflow");
else it.skip("the native library is not installed", () => {});
