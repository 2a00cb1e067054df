/** The floors of the house: a room imports only from the rooms named here (docs/architecture.md). */
const rooms = {
  text: [],
  hcl: ['text'],
  cty: ['hcl', 'text'],
  terraform: ['cty', 'hcl', 'text'],
  providers: ['cty'],
  graph: ['terraform', 'providers', 'hcl', 'text'],
  operations: ['terraform'],
  sandbox: ['providers', 'operations', 'terraform', 'cty', 'hcl', 'text'],
  training: [],
  inference: ['training'],
  features: ['terraform', 'providers', 'graph', 'cty', 'hcl', 'text'],
  lsp: ['features', 'terraform', 'providers', 'graph', 'cty', 'hcl', 'text'],
};

const floors = Object.entries(rooms).map(([room, below]) => ({
  name: `floor-${room}`,
  comment: `because a reader of server/${room} must not need to know more than ${below.join(', ') || 'nothing else'}`,
  severity: 'error',
  from: { path: `^server/${room}/` },
  to: { path: '^server/', pathNot: `^server/(${[room, ...below].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...floors,
    {
      name: 'no-cycles',
      comment: 'because two files that import each other can only be understood together',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'server-without-editor',
      comment: 'because everything in server/ must work in a plain Node process',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(client|webview|vscode$)|node_modules/vscode/' },
    },
    {
      name: 'client-doors',
      comment:
        'because the extension host only glues: it reaches the server through one public module per room',
      severity: 'error',
      from: { path: '^client/' },
      to: {
        path: '^server/',
        pathNot:
          '^server/(lsp/protocol|operations/operations|sandbox/sandbox|training/training|inference/inference)\\.ts$',
      },
    },
    {
      name: 'webview-is-a-browser',
      comment: 'because a webview runs in a browser and draws what it is told',
      severity: 'error',
      from: { path: '^webview/' },
      to: { path: '^(client|server)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'client-webview-door',
      comment: 'because panels and pages share a contract, not code',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^webview/', pathNot: '^webview/protocol\\.ts$' },
    },
    {
      name: 'one-importer-of-node-pty',
      comment: 'because a native module that may be missing has one place that knows what to do then',
      severity: 'error',
      from: { pathNot: '^client/pty\\.ts$|^test/' },
      to: { path: 'node-pty' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|out)/|node_modules/.cache' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json', '.mjs', '.cjs'] },
  },
};
