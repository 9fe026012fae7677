import { it } from "vitest";
import { nativeIsInstalled } from "../backends";
import { fitTests } from "./fit";

if (nativeIsInstalled) fitTests("tensorflow");
else it.skip("the native library is not installed", () => {});
