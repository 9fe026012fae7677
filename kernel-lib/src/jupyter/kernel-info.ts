import { version } from "../../package.json";
import { type Json, PROTOCOL_VERSION } from "./protocol";

/** The version of TypeScript that checks the cells. */
const TYPESCRIPT_VERSION = "7.0.2";

/** What editors need to know of the language of the cells. */
export const LANGUAGE_INFO = {
  name: "typescript",
  version: TYPESCRIPT_VERSION,
  mimetype: "text/typescript",
  file_extension: ".ts",
  pygments_lexer: "typescript",
  codemirror_mode: "typescript",
  nbconvert_exporter: "script",
} as const;

/** The content of a kernel_info_reply. */
export function kernelInfo(): Json {
  return {
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: "kernel-lib",
    implementation_version: version,
    language_info: LANGUAGE_INFO,
    banner: `TypeScript ${TYPESCRIPT_VERSION} on Node.js ${process.version}`,
    debugger: true,
    supported_features: ["debugger"],
    help_links: [
      { text: "TypeScript Handbook", url: "https://www.typescriptlang.org/docs/handbook/" },
      { text: "Node.js documentation", url: "https://nodejs.org/docs/latest/api/" },
    ],
  };
}
