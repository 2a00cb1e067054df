import assert from 'node:assert/strict';
import { redactEvent } from '../../server/operations/redactEvents';
import { HIDDEN, redactorFor, redactorFromPlan } from '../../server/operations/redact';
import { parseEvent } from '../../server/operations/events';
import { planModelOf, shownPlan } from './transcripts';

const SECRET = `pa$$ "wörd" 'x' <&> \${y}`;

describe('redact', () => {
  const redactor = redactorFor(new Set([SECRET, 'line one of key\nline two of key\n', 'hf_SUPERSECRET_123']));

  const forms: Readonly<Record<string, string>> = {
    plain: SECRET,
    JSON: JSON.stringify(SECRET),
    'JSON in JSON': JSON.stringify(JSON.stringify(SECRET)),
    'JSON as Go writes it': '"pa$$ \\"wörd\\" \'x\' \\u003c\\u0026\\u003e ${y}"',
    URL: `https://host/?q=${encodeURIComponent(SECRET)}`,
    form: `q=${encodeURIComponent(SECRET).replace(/%20/g, '+')}`,
    shell: `'${SECRET.replace(/'/g, `'\\''`)}'`,
    hexadecimal: Buffer.from(SECRET).toString('hex'),
    base64: Buffer.from(SECRET).toString('base64'),
    'HCL template': SECRET.replace('${', '$${'),
  };
  for (const [name, text] of Object.entries(forms)) {
    it(`hides a secret written as ${name}`, () => {
      const shown = redactor.text(`before ${text} after`);
      assert.ok(shown.includes(HIDDEN), shown);
      assert.ok(!shown.includes('wörd') && !shown.includes('w%C3%B6rd'), shown);
      assert.ok(shown.startsWith('before ') && shown.endsWith(' after'), shown);
    });
  }

  it('hides a secret inside base64, wherever it stands', () => {
    for (const user of ['', 'a', 'ab', 'abc', 'admin']) {
      const encoded = Buffer.from(`${user}:hf_SUPERSECRET_123;rest`).toString('base64');
      const shown = redactor.text(encoded);
      assert.ok(shown.includes(HIDDEN), `${user}: ${shown}`);
      assert.ok(!Buffer.from(shown, 'base64').toString().includes('SUPERSECRET'), shown);
    }
  });

  it('hides each line of a secret of several', () => {
    assert.equal(redactor.text('x line two of key y'), `x ${HIDDEN} y`);
  });

  it('leaves trivial values alone', () => {
    const trivial = redactorFor(new Set(['true', '123456789', 'us-west-2', 'us-west-2a', 'short', '      ']));
    const text = 'true 123456789 us-west-2a us-west-2 short       end';
    assert.equal(trivial.text(text), text);
  });

  it('keeps what the configuration says in clear', () => {
    const document = {
      resource_changes: [
        {
          change: {
            before: null,
            after: { name: 'image-classifier', key: 'from-a-vault' },
            after_sensitive: true,
          },
        },
      ],
      configuration: {
        root_module: { resources: [{ expressions: { name: { constant_value: 'image-classifier' } } }] },
      },
    };
    assert.equal(
      redactorFromPlan(document).text('image-classifier from-a-vault'),
      `image-classifier ${HIDDEN}`,
    );
  });

  it('takes the parts of a list that was given to a sensitive variable', () => {
    const document = {
      variables: { keys: { value: '["first-key", "second-key"]' } },
      configuration: { root_module: { variables: { keys: { sensitive: true } } } },
    };
    assert.equal(redactorFromPlan(document).text('use second-key'), `use ${HIDDEN}`);
  });

  for (const name of ['show-plan-update-replace', 'show-plan-create']) {
    it(`finds the token of ${name} where terraform's masks miss it`, () => {
      const original = JSON.stringify(shownPlan(name));
      assert.ok(original.includes('hf_SUPERSECRET_123'));
      const model = JSON.stringify(planModelOf(name));
      assert.ok(!model.includes('hf_SUPERSECRET_123'));
      assert.ok(!model.includes('newtok'));
    });
  }

  it("hides secrets in a provisioner's output and in diagnostics", () => {
    const plan = redactorFromPlan(shownPlan('show-plan-create'));
    const lines = [
      '{"type":"provision_progress","@message":"x: (local-exec): hf_SUPERSECRET_123","hook":{"output":"hf_SUPERSECRET_123"}}',
      '{"type":"diagnostic","@message":"Error","diagnostic":{"summary":"a","detail":"Error running \'curl hf_SUPERSECRET_123\'","snippet":{"code":"x = hf_SUPERSECRET_123","values":[{"traversal":"var.a","statement":"is \\"hf_SUPERSECRET_123\\""}]}}}',
      '{"type":"outputs","outputs":{"a":{"sensitive":false,"value":["hf_SUPERSECRET_123"]},"b":{"sensitive":true,"value":"other-secret"}}}',
      '{"type":"apply_complete","@message":"done","hook":{"id_key":"id","id_value":"hf_SUPERSECRET_123"}}',
    ];
    for (const line of lines) {
      const shown = JSON.stringify(redactEvent(parseEvent(line), plan));
      assert.ok(!/SUPERSECRET|other-secret/.test(shown), shown);
    }
  });
});
