import { types } from "node:util";

const namespaces = new WeakMap<object, object>();

/**
 * What `import * as` gives of a module that was loaded by `require`: its exports by name, and as `default`. An ES
 * module, or one compiled from it (`__esModule`), is its own namespace. One module always has the same namespace.
 */
export function namespaceOf(exports: unknown): object {
  if ((typeof exports !== "object" && typeof exports !== "function") || exports === null)
    return { default: exports };
  if (types.isModuleNamespaceObject(exports) || (exports as { __esModule?: unknown }).__esModule)
    return exports;
  const known = namespaces.get(exports);
  if (known) return known;
  const namespace = Object.create(null) as object;
  for (const name of Object.keys(exports)) {
    // A getter, because packages put off the loading of their parts behind getters of their own.
    const get = () => (exports as Record<string, unknown>)[name];
    if (name !== "default") Object.defineProperty(namespace, name, { enumerable: true, get });
  }
  Object.defineProperty(namespace, "default", { enumerable: true, value: exports });
  namespaces.set(exports, namespace);
  return namespace;
}

/** An ES module's namespace as code that was compiled to CommonJS expects it: marked by `__esModule`. */
export function markedNamespace(namespace: object): object {
  const known = namespaces.get(namespace);
  if (known) return known;
  const marked = Object.create(null) as object;
  for (const name of Object.keys(namespace)) {
    const get = () => (namespace as Record<string, unknown>)[name];
    Object.defineProperty(marked, name, { enumerable: true, get });
  }
  Object.defineProperty(marked, "__esModule", { value: true });
  namespaces.set(namespace, marked);
  return marked;
}
