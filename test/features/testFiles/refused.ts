/** A test file, and the code of what must be said about it. */
export interface Refused {
  readonly text: string;
  readonly code: string;
}

/** By what is wrong: files that `terraform test` 1.11.4 refuses for the module in module.ts. */
export const refused: Readonly<Record<string, Refused>> = {
  'unknown block': {
    code: 'unknown-block',
    text: `
resource "terraform_data" "x" {}
run "a" {}
`,
  },
  'locals': {
    code: 'unknown-block',
    text: `
locals {
  a = 1
}
`,
  },
  'unknown argument at the top': {
    code: 'unknown-argument',
    text: `
x = 1
`,
  },
  'unknown argument in a run': {
    code: 'unknown-argument',
    text: `
run "a" {
  comand = plan
}
`,
  },
  'unknown block in a run': {
    code: 'unknown-block',
    text: `
run "a" {
  asert {}
}
`,
  },
  'run without a label': {
    code: 'missing-label',
    text: `
run {}
`,
  },
  'run with two labels': {
    code: 'extra-label',
    text: `
run "a" "b" {}
`,
  },
  'run whose name is no identifier': {
    code: 'invalid-name',
    text: `
run "a b" {}
`,
  },
  'quoted command': {
    code: 'invalid-keyword',
    text: `
run "a" {
  command = "plan"
}
`,
  },
  'wrong command': {
    code: 'invalid-keyword',
    text: `
run "a" {
  command = destroy
}
`,
  },
  'wrong mode': {
    code: 'invalid-keyword',
    text: `
run "a" {
  plan_options {
    mode = destroy
  }
}
`,
  },
  'refresh off in refresh-only': {
    code: 'conflicting-arguments',
    text: `
run "a" {
  plan_options {
    mode    = refresh-only
    refresh = false
  }
}
`,
  },
  'refresh from a variable': {
    code: 'literal-required',
    text: `
run "a" {
  plan_options {
    refresh = var.size > 1
  }
}
`,
  },
  'two plan_options': {
    code: 'too-many-blocks',
    text: `
run "a" {
  plan_options {}
  plan_options {}
}
`,
  },
  'two variables blocks': {
    code: 'too-many-blocks',
    text: `
run "a" {
  variables {}
  variables {}
}
`,
  },
  'two variables blocks in the file': {
    code: 'duplicate-setting',
    text: `
variables {}
variables {}
run "a" {}
`,
  },
  'a block in variables': {
    code: 'unknown-block',
    text: `
variables {
  net {}
}
run "a" {}
`,
  },
  'two module blocks': {
    code: 'too-many-blocks',
    text: `
run "a" {
  module {
    source = "./setup"
  }
  module {
    source = "./setup"
  }
}
`,
  },
  'module without source': {
    code: 'missing-argument',
    text: `
run "a" {
  module {}
}
`,
  },
  'module source without dot': {
    code: 'invalid-module-source',
    text: `
run "a" {
  module {
    source = "setup"
  }
}
`,
  },
  'module that is not there': {
    code: 'module-not-found',
    text: `
run "a" {
  module {
    source = "./gone"
  }
}
`,
  },
  'module source from git': {
    code: 'invalid-module-source',
    text: `
run "a" {
  module {
    source = "git::https://example.com/x.git"
  }
}
`,
  },
  'module with inputs': {
    code: 'unknown-argument',
    text: `
run "a" {
  module {
    source = "./setup"
    prefix = "x"
  }
}
`,
  },
  'assert without condition': {
    code: 'missing-argument',
    text: `
run "a" {
  assert {
    error_message = "No."
  }
}
`,
  },
  'assert without message': {
    code: 'missing-argument',
    text: `
run "a" {
  assert {
    condition = true
  }
}
`,
  },
  'empty message': {
    code: 'constant-assertion',
    text: `
run "a" {
  assert {
    condition     = false
    error_message = ""
  }
}
`,
  },
  'duplicate runs': {
    code: 'duplicate-declaration',
    text: `
run "a" {}
run "a" {}
`,
  },
  'unknown run': {
    code: 'undeclared-run',
    text: `
run "a" {
  variables {
    region = run.gone.full
  }
}
`,
  },
  'unknown run in an assertion': {
    code: 'undeclared-run',
    text: `
run "a" {
  assert {
    condition     = run.gone.full == ""
    error_message = "No."
  }
}
`,
  },
  'later run': {
    code: 'unavailable-run',
    text: `
run "a" {
  variables {
    region = run.b.full
  }
}
run "b" {}
`,
  },
  'later run in an assertion': {
    code: 'unavailable-run',
    text: `
run "a" {
  assert {
    condition     = run.b.full == ""
    error_message = "No."
  }
}
run "b" {}
`,
  },
  'the run itself': {
    code: 'unavailable-run',
    text: `
run "a" {
  assert {
    condition     = run.a.full == ""
    error_message = "No."
  }
}
`,
  },
  'unknown output of a run': {
    code: 'undeclared-output',
    text: `
run "a" {}
run "b" {
  variables {
    region = run.a.gone
  }
}
`,
  },
  'unknown output of a run in an assertion': {
    code: 'undeclared-output',
    text: `
run "a" {}
run "b" {
  assert {
    condition     = run.a.gone == ""
    error_message = "No."
  }
}
`,
  },
  'unknown output': {
    code: 'undeclared-output',
    text: `
run "a" {
  assert {
    condition     = output.gone == ""
    error_message = "No."
  }
}
`,
  },
  'unknown resource': {
    code: 'undeclared-resource',
    text: `
run "a" {
  assert {
    condition     = terraform_data.gone.id == ""
    error_message = "No."
  }
}
`,
  },
  'unknown attribute': {
    code: 'unknown-attribute',
    text: `
run "a" {
  assert {
    condition     = terraform_data.main.gone == ""
    error_message = "No."
  }
}
`,
  },
  'unknown local': {
    code: 'undeclared-local',
    text: `
run "a" {
  assert {
    condition     = local.gone == ""
    error_message = "No."
  }
}
`,
  },
  'unknown output of a called module': {
    code: 'undeclared-output',
    text: `
run "a" {
  assert {
    condition     = module.child.gone == ""
    error_message = "No."
  }
}
`,
  },
  'each in an assertion': {
    code: 'misplaced-reference',
    text: `
run "a" {
  assert {
    condition     = each.key == ""
    error_message = "No."
  }
}
`,
  },
  'count in an assertion': {
    code: 'misplaced-reference',
    text: `
run "a" {
  assert {
    condition     = count.index == 0
    error_message = "No."
  }
}
`,
  },
  'self in an assertion': {
    code: 'misplaced-reference',
    text: `
run "a" {
  assert {
    condition     = self.id == ""
    error_message = "No."
  }
}
`,
  },
  'undeclared variable in an assertion': {
    code: 'undeclared-variable',
    text: `
run "a" {
  assert {
    condition     = var.gone == ""
    error_message = "No."
  }
}
`,
  },
  'a resource in variables of a run': {
    code: 'invalid-reference',
    text: `
run "a" {
  variables {
    region = terraform_data.main.id
  }
}
`,
  },
  'a local in variables of a run': {
    code: 'invalid-reference',
    text: `
run "a" {
  variables {
    region = local.full
  }
}
`,
  },
  'an output in variables of a run': {
    code: 'invalid-reference',
    text: `
run "a" {
  variables {
    region = output.full
  }
}
`,
  },
  'path in variables of a run': {
    code: 'invalid-reference',
    text: `
run "a" {
  variables {
    region = path.module
  }
}
`,
  },
  'a variable of the module in variables of a run': {
    code: 'unavailable-variable',
    text: `
run "a" {
  variables {
    region = "\${var.size}"
  }
}
`,
  },
  'a variable of the run in another': {
    code: 'unavailable-variable',
    text: `
run "a" {
  variables {
    other  = "x"
    region = var.other
  }
}
`,
  },
  'a run in variables of the file': {
    code: 'invalid-reference',
    text: `
variables {
  region = run.a.full
}
run "a" {}
`,
  },
  'a variable of the file in another': {
    code: 'unavailable-variable',
    text: `
variables {
  other  = "x"
  region = var.other
}
run "a" {}
`,
  },
  'a resource in variables of the file': {
    code: 'invalid-reference',
    text: `
variables {
  region = terraform_data.main.id
}
run "a" {}
`,
  },
  'wrong type of a variable': {
    code: 'wrong-type',
    text: `
run "a" {
  variables {
    size = "many"
  }
}
`,
  },
  'wrong type of a variable of the file': {
    code: 'wrong-type',
    text: `
variables {
  net = ["10.0.0.0/8"]
}
run "a" {}
`,
  },
  'a required member left out': {
    code: 'wrong-type',
    text: `
run "a" {
  variables {
    net = {}
  }
}
`,
  },
  'expected failure of a local': {
    code: 'not-checkable',
    text: `
run "a" {
  expect_failures = [local.full]
}
`,
  },
  'expected failure of a module': {
    code: 'not-checkable',
    text: `
run "a" {
  expect_failures = [module.child]
}
`,
  },
  'expected failure of a run': {
    code: 'not-checkable',
    text: `
run "a" {}
run "b" {
  expect_failures = [run.a]
}
`,
  },
  'expected failure of something that is not there': {
    code: 'not-checkable',
    text: `
run "a" {
  command = plan
  expect_failures = [var.gone]
}
`,
  },
  'expected failure of something without conditions': {
    code: 'not-checkable',
    text: `
run "a" {
  expect_failures = [output.id]
}
`,
  },
  'expect_failures that is no list': {
    code: 'literal-required',
    text: `
run "a" {
  expect_failures = var.size
}
`,
  },
  'override without target': {
    code: 'missing-argument',
    text: `
override_resource {
  values = {}
}
run "a" {}
`,
  },
  'override_resource of a data source': {
    code: 'invalid-address',
    text: `
override_resource {
  target = data.terraform_remote_state.up
}
run "a" {}
`,
  },
  'override_data of a resource': {
    code: 'invalid-address',
    text: `
override_data {
  target = terraform_data.main
}
run "a" {}
`,
  },
  'override_module of a resource': {
    code: 'invalid-address',
    text: `
override_module {
  target = terraform_data.main
}
run "a" {}
`,
  },
  'values that are no object': {
    code: 'wrong-type',
    text: `
override_resource {
  target = terraform_data.main
  values = "x"
}
run "a" {}
`,
  },
  'values with a reference': {
    code: 'literal-required',
    text: `
override_resource {
  target = terraform_data.main
  values = { id = var.region }
}
run "a" {}
`,
  },
  'values with a function': {
    code: 'literal-required',
    text: `
override_resource {
  target = terraform_data.main
  values = { id = lower("A") }
}
run "a" {}
`,
  },
  'quoted target': {
    code: 'invalid-address',
    text: `
override_resource {
  target = "terraform_data.main"
}
run "a" {}
`,
  },
  'duplicate override': {
    code: 'duplicate-override',
    text: `
override_resource {
  target = terraform_data.main
}
override_resource {
  target = terraform_data.main
}
run "a" {}
`,
  },
  'wrong override_during': {
    code: 'invalid-keyword',
    text: `
override_resource {
  target          = terraform_data.main
  override_during = destroy
}
run "a" {}
`,
  },
  'outputs in override_resource': {
    code: 'unknown-argument',
    text: `
override_resource {
  target  = terraform_data.main
  outputs = {}
}
run "a" {}
`,
  },
  'override_module in a mocked provider': {
    code: 'unknown-block',
    text: `
mock_provider "terraform" {
  override_module {
    target = module.child
  }
}
run "a" {}
`,
  },
  'duplicate mock_resource': {
    code: 'duplicate-override',
    text: `
mock_provider "terraform" {
  mock_resource "terraform_data" {}
  mock_resource "terraform_data" {}
}
run "a" {}
`,
  },
  'defaults that are no object': {
    code: 'wrong-type',
    text: `
mock_provider "terraform" {
  mock_resource "terraform_data" {
    defaults = []
  }
}
run "a" {}
`,
  },
  'duplicate providers': {
    code: 'duplicate-declaration',
    text: `
mock_provider "terraform" {}
mock_provider "terraform" {}
run "a" {}
`,
  },
  'a provider and its mock': {
    code: 'duplicate-declaration',
    text: `
provider "terraform" {}
mock_provider "terraform" {}
run "a" {}
`,
  },
  'alias that is no name': {
    code: 'invalid-name',
    text: `
mock_provider "terraform" {
  alias = "a b"
}
run "a" {}
`,
  },
  'mock source that is not there': {
    code: 'mock-folder-empty',
    text: `
mock_provider "terraform" {
  source = "./gone"
}
run "a" {}
`,
  },
  'an unknown provider for a run': {
    code: 'undeclared-provider',
    text: `
mock_provider "terraform" {
  alias = "mocked"
}
run "a" {
  providers = {
    terraform = terraform.gone
  }
}
`,
  },
  'state key with a reference': {
    code: 'literal-required',
    text: `
run "a" {
  state_key = var.region
}
`,
  },
  'condition that is no bool': {
    code: 'constant-assertion',
    text: `
run "a" {
  assert {
    condition     = "maybe"
    error_message = "No."
  }
}
`,
  },
  'condition that is null': {
    code: 'constant-assertion',
    text: `
run "a" {
  assert {
    condition     = null
    error_message = "No."
  }
}
`,
  },
  'unknown function': {
    code: 'unknown-function',
    text: `
run "a" {
  assert {
    condition     = gone(1)
    error_message = "No."
  }
}
`,
  },
  'a variable as the target of the plan': {
    code: 'invalid-address',
    text: `
run "a" {
  plan_options {
    target = [var.region]
  }
}
`,
  },
};
