import assert from 'node:assert/strict';
import path from 'node:path';
import { readAbilities } from '../../server/lsp/abilities';
import { Findings } from '../../server/lsp/findings';
import { toUri } from '../../server/lsp/uris';
import type { ValidationFinding } from '../../server/lsp/validation';
import { Workspace } from '../../server/lsp/workspace';
import { LineIndex } from '../../server/text/lineIndex';
import { fakeSchemas } from '../support/fakeSchemas';

describe('findings', () => {
  const file = path.resolve('/project', 'main.tf');
  const text = 'output "a" {\n  value = var.none\n}\noutput "b" {\n  value = 1\n}\n';
  const quiet = { begin: () => undefined, report: () => undefined, end: () => undefined };
  const at = (word: string): ValidationFinding => {
    const start = text.indexOf(word);
    return {
      path: file,
      range: { start, end: start + word.length },
      severity: 'error',
      message: `about ${word}`,
    };
  };
  let validated: readonly ValidationFinding[];
  let workspace: Workspace;
  let findings: Findings;
  const said = () =>
    findings.of(file).diagnostics.map(({ source, code, message }) => [source, code ?? message]);

  beforeEach(() => {
    validated = [];
    workspace = new Workspace(fakeSchemas, quiet);
    workspace.documents.open(toUri(file), 1, text);
    workspace.edited(file);
    findings = new Findings({
      workspace,
      linesOf: () => new LineIndex(workspace.documents.read(file) ?? ''),
      validated: () => validated,
      abilities: () => readAbilities({}),
    });
  });

  it('hold what terraform says where we say nothing, and never the same twice', () => {
    const own = ['terratrain', 'undeclared-variable'];
    assert.deepEqual(said(), [own]);
    validated = [at('var.none'), at('value = 1')];
    assert.deepEqual(said(), [own], 'kept till something is forgotten');
    findings.forget();
    assert.deepEqual(said(), [own, ['terraform validate', 'about value = 1']]);
  });

  it('hide nothing of terraform behind what we only remark', () => {
    const call = 'module "m" {\n  source = "corp/net/aws"\n}\n';
    workspace.documents.open(toUri(file), 2, call);
    workspace.edited(file);
    const start = call.indexOf('"corp');
    validated = [{ path: file, range: { start, end: start + 5 }, severity: 'error', message: 'not there' }];
    assert.deepEqual(
      findings.of(file).diagnostics.map(({ severity, source }) => [severity, source]),
      [
        [3, 'terratrain'],
        [1, 'terraform validate'],
      ],
    );
  });

  it('have the same id as long as they are the same', () => {
    const before = findings.of(file).id;
    workspace.edited(file);
    assert.equal(findings.of(file).id, before);
    validated = [at('value = 1')];
    findings.forget();
    assert.notEqual(findings.of(file).id, before);
  });

  it('are of one moment till a text changes', () => {
    const before = findings.moment();
    assert.equal(findings.moment(), before);
    workspace.edited(file);
    assert.notEqual(findings.moment(), before);
  });
});
