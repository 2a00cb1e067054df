/** Test files that `terraform test` and `terraform validate` 1.11.4 accept for the module in module.ts. */
export const accepted: Readonly<Record<string, string>> = {
  'an empty run': 'run "a" {}',
  'no run at all': '',
  'a plan with assertions on all that the module declares': `
run "a" {
  command = plan
  assert {
    condition     = var.region == "north" && local.full == "north-1" && output.full == local.full
    error_message = "No: \${local.full}"
  }
  assert {
    condition     = terraform_data.main.input == "north-1" && length(terraform_data.many) == 2
    error_message = "No."
  }
  assert {
    condition     = terraform_data.many[0].input == 0 && length(data.terraform_remote_state.up) == 0
    error_message = "No."
  }
}
`,
  'outputs of a called module': `
run "a" {
  assert {
    condition     = module.child.name == "inner"
    error_message = "No."
  }
}
`,
  'path and terraform': `
run "a" {
  assert {
    condition     = path.module == "." && terraform.workspace == "default" && path.cwd != ""
    error_message = "No."
  }
}
`,
  'outputs of an earlier run': `
run "first" {}
run "second" {
  variables {
    region = "\${run.first.full}-b"
  }
  assert {
    condition     = output.full == "\${run.first.full}-b-1"
    error_message = "No."
  }
}
`,
  'a whole earlier run': `
run "first" {}
run "second" {
  assert {
    condition     = length(run.first) == 2
    error_message = "No."
  }
}
`,
  'variables of the file and of the run': `
variables {
  region = "west"
}
run "a" {
  variables {
    size = 2
  }
  assert {
    condition     = output.full == "west-2"
    error_message = "No."
  }
}
`,
  'a variable of the file in one of the run': `
variables {
  base = "west"
}
run "a" {
  variables {
    region = "\${var.base}-x"
  }
}
`,
  'a variable that only the test knows': `
variables {
  expected = "north-1"
}
run "a" {
  assert {
    condition     = output.full == var.expected
    error_message = "No."
  }
}
`,
  'a variable that only the run knows, read in an assertion': `
run "a" {
  variables {
    expected = "north-1"
  }
  assert {
    condition     = output.full == var.expected
    error_message = "No."
  }
}
`,
  'a value for a variable that nothing declares': `
run "a" {
  variables {
    unknown = 1
  }
}
`,
  'functions in variables': `
variables {
  region = lower("NORTH")
  net    = merge({ cidr = "10.0.0.0/16" }, {})
}
run "a" {}
`,
  'values that Terraform converts': `
run "a" {
  variables {
    size   = "3"
    region = 5
    net    = { cidr = "10.0.0.0/16", zones = ["a"], more = true }
  }
}
`,
  'null for a variable': `
run "a" {
  variables {
    net = null
  }
}
`,
  'all plan options': `
run "a" {
  command = plan
  plan_options {
    mode    = normal
    refresh = false
    replace = [terraform_data.main, terraform_data.many[0]]
    target  = [terraform_data.main, module.child, terraform_data.many]
  }
}
`,
  'refresh only': `
run "a" {
  plan_options {
    mode    = refresh-only
    refresh = true
  }
}
`,
  'another module': `
run "setup" {
  module {
    source = "./setup"
  }
  variables {
    prefix = "q"
  }
  assert {
    condition     = output.bucket == "q" && terraform_data.bucket.output == var.prefix
    error_message = "No."
  }
}
run "main" {
  variables {
    region = run.setup.bucket
  }
}
`,
  'expected failure of a variable': `
run "a" {
  command = plan
  variables {
    size = 0
  }
  expect_failures = [var.size]
}
`,
  'expected failure of a check, an output and a resource': `
run "a" {
  variables {
    size = 4
  }
  expect_failures = [check.alive]
}
run "b" {
  command = plan
  variables {
    region = "moon"
  }
  expect_failures = [output.full]
}
run "c" {
  command = plan
  variables {
    region = "south"
  }
  expect_failures = [terraform_data.main]
}
`,
  'quoted references in expect_failures': `
run "a" {
  command = plan
  variables {
    size = 0
  }
  expect_failures = ["var.size"]
}
`,
  'overridden things': `
override_resource {
  target = terraform_data.main
  values = {
    id = "fixed"
  }
}
override_module {
  target = module.child
  outputs = {
    name = "mocked"
  }
}
override_data {
  target = data.terraform_remote_state.up
  values = {
    outputs = {}
  }
}
run "a" {
  assert {
    condition     = terraform_data.main.id == "fixed" && module.child.name == "mocked"
    error_message = "No."
  }
}
`,
  'something overridden in a run, inside a module, and one instance': `
run "a" {
  override_resource {
    target          = terraform_data.many[1]
    override_during = plan
    values          = { id = "second" }
  }
  override_resource {
    target = module.child.terraform_data.inner
  }
}
`,
  'an override of something that is not there': `
override_resource {
  target = terraform_data.gone
}
run "a" {}
`,
  'the same override in two runs': `
run "a" {
  override_resource {
    target = terraform_data.main
  }
}
run "b" {
  override_resource {
    target = terraform_data.main
  }
}
`,
  'a mocked provider': `
mock_provider "terraform" {
  mock_resource "terraform_data" {
    defaults = {
      id = "mocked"
    }
  }
  mock_data "terraform_remote_state" {
    override_during = plan
    defaults = {
      outputs = { x = 1 }
    }
  }
  override_resource {
    target = terraform_data.main
    values = { id = "main" }
  }
}
run "a" {
  assert {
    condition     = terraform_data.main.id == "main" && terraform_data.many[0].id == "mocked"
    error_message = "No."
  }
}
`,
  'a mocked provider by its alias': `
mock_provider "terraform" {
  alias           = "mocked"
  override_during = apply
}
run "a" {
  providers = {
    terraform = terraform.mocked
  }
}
`,
  'states with keys': `
run "a" {
  state_key = "one"
}
run "b" {
  state_key = "two"
}
`,
  'an unused provider with variables': `
variables {
  where = "x"
}
provider "terraform" {
  alias = "other"
}
run "a" {}
`,
  'conditions with for, splat and each function': `
run "a" {
  assert {
    condition     = alltrue([for each in terraform_data.many : each.input >= 0])
    error_message = "No."
  }
  assert {
    condition     = sum(terraform_data.many[*].input) == 1 && can(regex("north", output.full))
    error_message = "No."
  }
}
`,
  'a heredoc': `
run "a" {
  assert {
    condition     = output.full == "north-1"
    error_message = <<-EOT
      No: \${output.full}
    EOT
  }
}
`,
  'a type, an attribute and a value that the provider does not have': `
mock_provider "terraform" {
  mock_resource "terraform_gone" {}
  mock_resource "terraform_data" {
    defaults = { gone = 1 }
  }
}
override_resource {
  target = terraform_data.main
  values = { gone = 1 }
}
run "a" {}
`,
  'a target of the plan that is not there': `
run "a" {
  plan_options {
    target = [terraform_data.gone]
  }
}
`,
  'labels without quotes': `
run a {}
`,
  'a resource whose address is written out': `
run "a" {
  assert {
    condition     = resource.terraform_data.main.input == "north-1"
    error_message = "No."
  }
}
`,
  'values that nothing has to be looked up for': `
override_resource {
  target = terraform_data.many["0"]
  values = { for k in ["id"] : k => "a-\${1 + 1}" }
}
run "a-b" {
  state_key = "a\${1}"
  plan_options {
    refresh = "true"
  }
  expect_failures = []
}
`,
  'quoted provider configurations': `
provider "terraform" {}
run "a" {
  providers = { "terraform" = "terraform" }
}
`,
};
