/**
 * What is wrong with this Node, as one sentence; undefined when it will do. The packages that the project depends on set the limits.
 * @param {string} version like process.versions.node
 */
export function nodeProblem(version) {
  const [major, minor] = version.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return undefined;
  return (
    `This is Node ${version}; the project needs Node 20.19 or newer in the 20 line, or 22.12 or newer. ` +
    "Nothing here works on an older one. Install a current Node (nodejs.org, or your version manager: nvm install 22) and start again."
  );
}
