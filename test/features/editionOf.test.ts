import assert from 'node:assert/strict';
import { editionOf } from '../../server/features/editionOf';
import type { TerraformAtHand } from '../../server/features/snapshot';
import { drawn, openTofu, required, terraform } from '../support/editions';

describe('the edition of a module', () => {
  const shown = (text: string, program?: TerraformAtHand): string => {
    const { moment, module } = drawn(text, program);
    const { product, certain, origin, lowest, highest } = editionOf(moment, module);
    return `${certain ? '' : 'perhaps '}${product} ${lowest} to ${highest} by ${origin.kind}`;
  };

  it('is what required_version allows', () => {
    assert.equal(shown(required('~> 1.3.0')), 'perhaps terraform 1.3.0 to 1.3.10 by constraint');
    assert.equal(
      shown(required('>= 1.2, < 1.4'), terraform('1.3.1')),
      'terraform 1.2.0 to 1.3.10 by constraint',
    );
    assert.equal(shown(required('>= 1.6'), openTofu('1.9.0')), 'opentofu 1.6.0 to 1.12.6 by constraint');
  });

  it('is a release that nobody knows yet, where only such ones are allowed', () => {
    assert.equal(shown(required('>= 7.1')), 'perhaps terraform 7.1 to 7.1 by constraint');
    assert.ok(editionOfText(required('>= 7.1')).mayKnowMore);
    assert.ok(!editionOfText(required('>= 1.0')).mayKnowMore);
    assert.ok(editionOfText('', terraform('7.0.0')).mayKnowMore);
  });

  it('is narrowed by those that call the module', () => {
    const called = (constraint: string, own = '') =>
      shown(`//- m/main.tf\n${own}\n//- main.tf\n${required(constraint)}module "m" {\n  source = "./m"\n}\n`);
    assert.equal(called('~> 1.5.0'), 'perhaps terraform 1.5.0 to 1.5.7 by constraint');
    assert.equal(called('>= 1.5', required('< 1.7')), 'perhaps terraform 1.5.0 to 1.6.6 by constraint');
    const twice = `//- m/main.tf\n${required('>= 1.1')}
//- main.tf\n${required('~> 1.5.0')}module "m" {\n  source = "./m"\n}\nmodule "other" {\n  source = "./other"\n}
//- other/main.tf\n${required('~> 1.4')}module "m" {\n  source = "../m"\n}\n`;
    assert.equal(shown(twice), 'perhaps terraform 1.5.0 to 1.5.7 by constraint');
    const unbound = `//- m/main.tf\n//- main.tf\nmodule "m" {\n  source = "./m"\n}\n`;
    assert.equal(shown(unbound, terraform('1.11.4')), 'terraform 1.11.4 to 1.11.4 by program');
  });

  it('is what a version file names, then the program at hand, then the newest', () => {
    const main = '//- main.tf\n';
    assert.equal(
      shown(`${main}//- .terraform-version\n# ours\n1.5.7\n`, terraform('1.11.4')),
      'terraform 1.5.7 to 1.5.7 by file',
    );
    assert.equal(
      shown(`${main}//- .terraform-version\nlatest:^1.5\n`, terraform('1.11.4')),
      'terraform 1.11.4 to 1.11.4 by program',
    );
    assert.equal(
      shown(`${main}//- .tool-versions\nnodejs 20.1.0\nopentofu 1.8.2\n`),
      'opentofu 1.8.2 to 1.8.2 by file',
    );
    assert.equal(
      shown(`${main}//- .opentofu-version\n1.9.0\n`, terraform('1.11.4')),
      'opentofu 1.9.0 to 1.9.0 by file',
    );
    assert.equal(shown(main, terraform('1.11.4')), 'terraform 1.11.4 to 1.11.4 by program');
    assert.equal(shown(main), 'perhaps terraform 1.16.0 to 1.16.0 by nothing');
  });

  it('is OpenTofu by its files', () => {
    const lock = (host: string) => `//- .terraform.lock.hcl\nprovider "${host}/hashicorp/aws" {}\n`;
    assert.match(shown(`//- main.tf\n${lock('registry.opentofu.org')}`), /^opentofu/);
    assert.match(shown(`//- main.tf\n${lock('registry.terraform.io')}`), /^terraform/);
    assert.match(shown(`//- main.tf\n${lock('registry.terraform.io')}`, openTofu('1.9.0')), /^opentofu/);
    assert.match(shown(`//- main.tf\n${lock('registry.opentofu.org')}`, terraform('1.9.0')), /^opentofu/);
    assert.match(shown('//- main.tofu\n', terraform('1.11.4')), /^opentofu/);
    assert.match(shown('//- main.tf\n//- more.tofu\n//- .terraform-version\n1.9.0\n'), /^perhaps opentofu/);
    assert.match(shown('//- main.tf\n//- more.tofu\n', openTofu('1.9.0')), /^opentofu/);
    assert.match(shown('//- main.tf\n//- more.tofu\n', terraform('1.11.4')), /^perhaps opentofu/);
    assert.equal(
      shown('language {\n  compatible_with {\n    opentofu = ">= 1.12.2"\n  }\n}\n'),
      'opentofu 1.12.2 to 1.12.6 by constraint',
    );
  });

  const editionOfText = (text: string, program?: TerraformAtHand) => {
    const { moment, module } = drawn(text, program);
    return editionOf(moment, module);
  };
});
