import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

interface Manifest {
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<
          string,
          {
            readonly default: unknown;
            readonly scope: string;
            readonly description?: string;
            readonly markdownDescription?: string;
          }
        >
      >;
    };
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly viewsWelcome: readonly { readonly contents: string }[];
  };
}

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;

/** Loads a module of the client outside VS Code, with an empty `vscode` in its place. */
function loadClient(file: string): unknown {
  const resolver = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
  const original = resolver._load;
  resolver._load = (request, ...rest) =>
    request === 'vscode' ? {} : original.call(resolver, request, ...rest);
  try {
    return createRequire(__filename)(path.join(root, 'client', file));
  } finally {
    resolver._load = original;
  }
}

describe('the manifest', () => {
  it('declares exactly the commands of the table', () => {
    const { commandNames } = loadClient('commands.ts') as { commandNames: readonly string[] };
    const declared = manifest.contributes.commands.map((each) => each.command);
    assert.deepEqual([...declared].sort(), commandNames.map((name) => `terratrain.${name}`).sort());
  });

  it('declares exactly the settings of the table, with their defaults', () => {
    const { defaultSettings } = loadClient('settings.ts') as {
      defaultSettings: Readonly<Record<string, unknown>>;
    };
    const declared = Object.fromEntries(
      Object.entries(manifest.contributes.configuration.properties).map(([key, value]) => [
        key.replace('terratrain.', ''),
        value.default,
      ]),
    );
    assert.deepEqual(declared, defaultSettings);
  });

  it('describes and scopes every setting', () => {
    for (const [key, value] of Object.entries(manifest.contributes.configuration.properties)) {
      assert.ok(
        (value.description ?? value.markdownDescription ?? '').length > 20,
        `${key} has no description`,
      );
      assert.ok(
        ['machine', 'machine-overridable', 'resource', 'window'].includes(value.scope),
        `${key} has no scope`,
      );
    }
  });

  it('uses only declared commands in menus and welcome views', () => {
    const declared = new Set(manifest.contributes.commands.map((each) => each.command));
    for (const entries of Object.values(manifest.contributes.menus)) {
      for (const { command } of entries) assert.ok(declared.has(command), `${command} is not declared`);
    }
    for (const { contents } of manifest.contributes.viewsWelcome) {
      for (const [, command] of contents.matchAll(/\(command:([\w.]+)\)/g)) {
        assert.ok(declared.has(command ?? ''), `${command ?? ''} is not declared`);
      }
    }
  });

  it('writes titles in title case under one category', () => {
    for (const { command, title, category } of manifest.contributes.commands) {
      assert.equal(category, 'Terratrain', command);
      assert.match(title, /^[A-Z]/, command);
    }
  });
});
