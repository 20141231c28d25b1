/**
 * `node scripts/lint-imports.ts`: who may import whom, without cycles. Type imports and dynamic imports count.
 * `test/checks/imports.test.ts` shows that each kind of violation is found.
 */
import { fileURLToPath } from "node:url";
import { cruise, type ICruiseOptions, type ICruiseResult, type IRegularForbiddenRuleType } from "dependency-cruiser";

/** What a connection knows about dialects: how they are declared and recognised, but none of them by name. */
const declarations = ["server/dialects/dialect.ts", "server/dialects/detect.ts"];

/** What the sources in each folder may import besides the folder itself. The longest matching folder counts. */
const allowed: Record<string, readonly string[]> = {
  protocol: [],
  cli: ["protocol"],
  tcp: [],
  tls: [],
  server: ["protocol", "cli", "tcp", "tls"],
  // What a range of addresses contains is known to Node, without any I/O.
  "server/chat": ["protocol", "tcp/address-ranges.ts", "server/limits.ts", "server/accounts"],
  "server/accounts": ["server/limits.ts", "server/chat/account-ports.ts"],
  "server/store": [
    "protocol",
    "cli/own-directory.ts",
    "server/limits.ts",
    "server/chat/ports.ts",
    "server/chat/account-ports.ts",
    "server/chat/change.ts",
  ],
  "server/dialects": ["protocol", "cli/package.ts", "tcp/address-ranges.ts", "server/limits.ts", "server/chat"],
  "server/net": ["protocol", "tcp", "server/limits.ts", "server/chat/prices.ts", ...declarations],
  bridge: ["protocol", "cli", "tcp", "tls"],
  ui: ["protocol"],
  "ui/bridge-client": ["protocol"],
  "ui/store": ["protocol", "ui/bridge-client"],
  "ui/store/text": ["protocol"],
  "ui/store/model": ["protocol", "ui/store/text"],
  "ui/store/selectors": ["protocol", "ui/store/text", "ui/store/model", "ui/store/settings"],
  "ui/store/settings": ["protocol", "ui/store/persistence"],
  "ui/store/persistence": ["protocol", "ui/store/model", "ui/store/services/chat-keeper.ts"],
  "ui/locales": ["protocol", "ui/store"],
  "ui/browser": ["protocol", "ui/store", "ui/locales", "ui/favicon.svg"],
  "ui/controllers": ["protocol", "ui/store", "ui/locales", "ui/browser"],
  "ui/export": ["protocol", "ui/store", "ui/locales"],
  "ui/styles": [],
  ...components(["log", "composer", "places", "emoji", "connection", "dialogs"]),
};

/** Features may use what is shared, but not each other; the shell puts them together. */
function components(features: readonly string[]): Record<string, readonly string[]> {
  const page = ["protocol", "ui/store", "ui/export", "ui/browser", "ui/controllers", "ui/styles", "ui/locales"];
  return {
    "ui/components/shared": page,
    ...Object.fromEntries(
      features.map((feature) => [`ui/components/${feature}`, [...page, "ui/components/shared"]] as const),
    ),
    "ui/components/shell": [...page, "ui/components"],
  };
}

/** A pattern for everything in a folder, or for one file. */
const inside = (path: string) => `^${RegExp.escape(path)}${/\.\w+$/.test(path) ? "$" : "/"}`;

const directions = Object.entries(allowed).map(([folder, targets]): IRegularForbiddenRuleType => {
  const deeper = Object.keys(allowed).filter((other) => other.startsWith(`${folder}/`));
  return {
    name: `direction: ${folder}`,
    severity: "error",
    from: { path: inside(folder), ...(deeper.length > 0 ? { pathNot: deeper.map(inside) } : {}) },
    to: {
      dependencyTypesNot: ["core", "npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg", "unknown"],
      pathNot: [folder, ...targets].map(inside).concat("node_modules"),
    },
  };
});

/** What only some folders may use. Node's modules are named without `node:`. */
const knowledge: readonly [
  what: string,
  from: IRegularForbiddenRuleType["from"],
  to: IRegularForbiddenRuleType["to"],
][] = [
  ["chat does no I/O", { path: "^server/chat/" }, { dependencyTypes: ["core"] }],
  ["vocabulary does no I/O", { path: "^protocol/" }, { dependencyTypes: ["core"] }],
  [
    "connections know no socket",
    { path: "^server/net/", pathNot: "^server/net/(listener|transport|source|handshakes)\\.ts$" },
    { path: "^(net|tls)$" },
  ],
  [
    "server is no web server",
    { path: "^server/", pathNot: "^server/operations/operations-port\\.ts$" },
    { path: "^https?$|node_modules/(express|socket\\.io|lit|helmet)" },
  ],
  ["page has one socket", { path: "^ui/", pathNot: "^ui/bridge-client/" }, { path: "node_modules/socket\\.io" }],
  [
    "page has one database",
    { path: "^ui/", pathNot: "^ui/store/persistence/chat-database\\.ts$" },
    { path: "node_modules/idb/" },
  ],
  ["page runs in a browser", { path: "^ui/", pathNot: "^ui/app-build\\.ts$" }, { dependencyTypes: ["core"] }],
];

const forbidden: IRegularForbiddenRuleType[] = [
  { name: "cycle", severity: "error", from: {}, to: { circular: true } },
  { name: "missing", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^vitest/browser$" } },
  ...directions,
  ...knowledge.map(
    ([what, from, to]): IRegularForbiddenRuleType => ({ name: `the ${what}`, severity: "error", from, to }),
  ),
];

const options: ICruiseOptions = {
  // TypeScript 7 has no parser that other programs can use.
  parser: "swc",
  tsPreCompilationDeps: true,
  doNotFollow: { path: "node_modules" },
  enhancedResolveOptions: {
    exportsFields: ["exports"],
    conditionNames: ["import", "browser", "node", "default", "types"],
  },
};

/** The rules that the sources in some folders break, each as `rule: from → to`. */
export async function findForbiddenImports(root: string, paths: readonly string[]): Promise<string[]> {
  const { output } = await cruise([...paths], { ...options, validate: true, ruleSet: { forbidden }, baseDir: root });
  const { violations } = (output as ICruiseResult).summary;
  return violations.map(({ rule, from, to, cycle }) => {
    const way = cycle ? cycle.map(({ name }) => name).join(" → ") : to;
    return `${rule.name}: ${from} → ${way}`;
  });
}

if (import.meta.main) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const paths = [
    "protocol",
    "server",
    "bridge",
    "ui",
    "cli",
    "tcp",
    "tls",
    "scripts",
    "bench",
    "test",
    "vite.config.ts",
    "vitest.config.ts",
  ];
  const found = await findForbiddenImports(root, paths);
  for (const line of found) console.error(line);
  if (found.length > 0) process.exitCode = 1;
  else console.log("Every import is allowed.");
}
