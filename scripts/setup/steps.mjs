import { chromium } from "./chromium.mjs";
import { kernelspecs } from "./kernelspecs.mjs";
import { library } from "./library.mjs";
import { npmPackages } from "./npm-packages.mjs";
import { pythonEnvironment } from "./python-environment.mjs";
import { tensorflow } from "./tensorflow.mjs";

/** What a notebook needs in order to run headless. */
export const headless = [npmPackages, library];

/** What JupyterLab needs besides. */
export const jupyter = [...headless, pythonEnvironment, kernelspecs, tensorflow];

/** What `npm test` needs besides. */
export const testing = [...jupyter, chromium];
