import assert from 'node:assert/strict';
import { tokenize } from './tokenize';

const terraform = 'source.hcl.terraform';

/** The scopes of the first piece with that text. */
async function scopesOf(grammar: string, text: string, piece: string): Promise<string> {
  const tokens = await tokenize(grammar, text);
  const found = tokens.find((token) => token.startsWith(`${piece}: `));
  assert.ok(found !== undefined, `${piece} is not among ${tokens.join('\n')}`);
  return found.slice(piece.length + 2);
}

describe('heredocs with a language', () => {
  it('are coloured as that language, down to the marker', async () => {
    const text = 'a = <<-JSON\n  { "k": true }\n  JSON\nb = 1';
    assert.match(
      await scopesOf(terraform, text, 'true'),
      /^meta\.heredoc\.hcl meta\.embedded\.block\.json .*keyword\.word$/,
    );
    assert.match(await scopesOf(terraform, text, 'k'), /meta\.embedded\.block\.json .*string\.quoted$/);
    assert.equal((await tokenize(terraform, text)).filter((token) => token.startsWith('JSON: ')).length, 2);
    assert.match(await scopesOf(terraform, text, '1'), /^constant\.numeric\.hcl$/);
  });

  it('end with their marker whatever the language left open', async () => {
    assert.match(
      await scopesOf(terraform, 'p = <<POLICY\n{ "a\nPOLICY\nb = 1\n', 'b'),
      /^variable\.declaration\.hcl/,
    );
  });

  it('keep interpolations, also inside of strings of that language', async () => {
    const text = 'a = <<-YAML\n  k: "${var.x["y"]} z"\n  YAML\n';
    assert.match(
      await scopesOf(terraform, text, 'var'),
      /string\.quoted meta\.interpolation\.hcl .*variable\.language\.hcl/,
    );
    assert.match(await scopesOf(terraform, text, 'z'), /meta\.embedded\.block\.yaml string\.quoted$/);
  });

  it('are known by the end of their marker', async () => {
    for (const marker of ['SH', 'sh', 'BASH', 'INIT_SH', 'user_data-shell']) {
      const text = `a = <<-${marker}\n  done\n  ${marker}\n`;
      assert.match(await scopesOf(terraform, text, 'done'), /meta\.embedded\.block\.shellscript/, marker);
    }
    for (const marker of ['EOT', 'PUSH', 'JSONISH']) {
      const text = `a = <<-${marker}\n  done\n  ${marker}\n`;
      assert.match(await scopesOf(terraform, text, 'done'), /^string\.unquoted\.heredoc\.hcl$/, marker);
    }
  });

  it('stay plain in comments and strings', async () => {
    assert.match(await scopesOf(terraform, '# a <<JSON\nb = 1', 'b'), /^variable\.declaration/);
    assert.match(await scopesOf(terraform, 'a = "<<JSON"\nb = 1', 'b'), /^variable\.declaration/);
  });
});

describe('template files', () => {
  it('colour interpolations and directives over plain text', async () => {
    const plain = 'text.terraform-template';
    assert.match(await scopesOf(plain, 'a ${upper(b)}', 'upper'), /support\.function\.hcl/);
    assert.match(await scopesOf(plain, '%{ for x in xs ~}\n', 'for'), /keyword\.control\.hcl/);
    assert.match(await scopesOf(plain, 'a $${b}', '$${'), /constant\.character\.escape\.hcl/);
  });

  it('colour them over the language that the name tells', async () => {
    for (const name of ['yaml', 'json', 'shell', 'sql', 'xml']) {
      const grammar = `text.terraform-template.${name}`;
      const text = '{ done "x ${y["z"]} w" }\n%{ if a }\nb\n%{ endif }';
      assert.match(await scopesOf(grammar, text, 'done'), /meta\.structure keyword\.word/, name);
      assert.match(await scopesOf(grammar, text, 'y'), /string\.quoted meta\.interpolation\.hcl/, name);
      assert.match(await scopesOf(grammar, text, 'w'), /meta\.structure string\.quoted$/, name);
      assert.match(await scopesOf(grammar, text, 'endif'), /keyword\.control\.hcl/, name);
    }
  });
});
