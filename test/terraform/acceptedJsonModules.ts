import type { JsonModules } from './jsonModule';

/** Small modules with files in JSON that `terraform validate` 1.11.4 accepts. */
export const accepted: JsonModules = {
  'an empty object': { 'main.tf.json': '{}' },
  'an empty array': { 'main.tf.json': '[]' },
  'an array of objects as one body': {
    'main.tf.json': '[{"variable":{"a":{}}},{"output":{"o":{"value":"${var.a}"}}}]',
  },
  'an array of labels': {
    'main.tf.json': '{"variable":[{"a":{}},{"b":{"default":1}}],"output":{"o":{"value":"${var.b}"}}}',
  },
  'an array of bodies': { 'main.tf.json': '{"variable":{"a":[{}]}}' },
  'an array of locals': { 'main.tf.json': '{"locals":[{"a":1},{"b":"${local.a}"}]}' },
  'a default in which nothing is evaluated': {
    'main.tf.json': '{"variable":{"a":{"default":"${nothing.x}"}}}',
  },
  'a description in which nothing is evaluated': {
    'main.tf.json': '{"variable":{"a":{"description":"${nothing.x"}}}',
  },
  'a description that is no template': {
    'main.tf.json': '{"output":{"a":{"value":1,"description":"${nothing.x"}}}',
  },
  'text that looks like a reference': { 'main.tf.json': '{"output":{"a":{"value":"var.nope"}}}' },
  'a type constraint': {
    'main.tf.json': '{"variable":{"a":{"type":"list(object({n=string}))","default":[{"n":"x"}]}}}',
  },
  'resources and depends_on': {
    'main.tf.json':
      '{"resource":{"terraform_data":{"a":{"input":"x"},"b":{"input":"${terraform_data.a.output}","depends_on":["terraform_data.a"]}}}}',
  },
  lifecycle: {
    'main.tf.json':
      '{"resource":{"terraform_data":{"b":{"input":1,"lifecycle":{"ignore_changes":["input"],"create_before_destroy":true}}}}}',
  },
  'ignore_changes all': {
    'main.tf.json': '{"resource":{"terraform_data":{"b":{"lifecycle":{"ignore_changes":"all"}}}}}',
  },
  'lifecycle as an array': {
    'main.tf.json': '{"resource":{"terraform_data":{"b":{"lifecycle":[{"ignore_changes":"all"}]}}}}',
  },
  replace_triggered_by: {
    'main.tf.json':
      '{"resource":{"terraform_data":{"a":{},"b":{"lifecycle":{"replace_triggered_by":["terraform_data.a.id"]}}}}}',
  },
  'provisioners as an array': {
    'main.tf.json':
      '{"resource":{"terraform_data":{"b":{"provisioner":[{"local-exec":{"command":"echo ${self.id}","when":"destroy"}},{"local-exec":{"command":"b"}}]}}}}',
  },
  'provisioners as an array of bodies': {
    'main.tf.json':
      '{"resource":{"terraform_data":{"b":{"provisioner":{"local-exec":[{"command":"a"},{"command":"b"}]}}}}}',
  },
  'a precondition': {
    'main.tf.json':
      '{"variable":{"x":{"default":1}},"resource":{"terraform_data":{"b":{"lifecycle":{"precondition":{"condition":"${var.x > 0}","error_message":"bad ${var.x}"}}}}}}',
  },
  'validations as an array': {
    'main.tf.json':
      '{"variable":{"x":{"default":1,"validation":[{"condition":"${var.x > 0}","error_message":"Must be."}]}}}',
  },
  'for_each with each': {
    'main.tf.json':
      '{"resource":{"terraform_data":{"a":{"for_each":{"x":1,"y":2},"input":"${each.key}-${each.value}"}}},"output":{"o":{"value":"${[for k, v in terraform_data.a : v.output]}"}}}',
  },
  'count with a template': {
    'main.tf.json': '{"resource":{"terraform_data":{"a":{"count":"${1+1}","input":"${count.index}"}}}}',
  },
  moved: {
    'main.tf.json':
      '{"resource":{"terraform_data":{"a":{}}},"moved":[{"from":"terraform_data.z","to":"terraform_data.a"}]}',
  },
  removed: { 'main.tf.json': '{"removed":{"from":"terraform_data.z","lifecycle":{"destroy":false}}}' },
  import: {
    'main.tf.json': '{"resource":{"terraform_data":{"a":{}}},"import":{"to":"terraform_data.a","id":"x"}}',
  },
  check: {
    'main.tf.json':
      '{"variable":{"x":{"default":1}},"check":{"c":{"assert":{"condition":"${var.x == 1}","error_message":"no"}}}}',
  },
  'terraform with a backend': {
    'main.tf.json': '{"terraform":{"required_version":">= 1.0","backend":{"local":{"path":"x"}}}}',
  },
  'terraform as arrays': {
    'main.tf.json': '{"terraform":[{"required_version":">= 1.0"},{"backend":[{"local":{}}]}]}',
  },
  'native syntax that reads JSON': {
    'main.tf.json': '{"variable":{"a":{"default":"x"}}}',
    'out.tf': 'output "o" { value = var.a }\n',
  },
  'JSON that reads native syntax': {
    'main.tf': 'locals { x = 1 }\n',
    'out.tf.json': '{"output":{"o":{"value":"${local.x + 1}"}}}',
  },
  'an override file': {
    'main.tf.json': '{"variable":{"a":{"type":"string"}},"output":{"o":{"value":"${var.a}"}}}',
    'x_override.tf.json': '{"variable":{"a":{"default":"x"}}}',
  },
  'escapes in templates': {
    'main.tf.json':
      '{"variable":{"a":{"default":"x"}},"output":{"o":{"value":"\\u0024{var.a}\\n\\"${var.a}\\""}}}',
  },
  'directives over several lines': {
    'main.tf.json': '{"output":{"o":{"value":"%{ for x in [1,2] ~}\\n${x}\\n%{ endfor ~}\\n"}}}',
  },
  'escaped template markers': { 'main.tf.json': '{"output":{"o":{"value":"$${nope.x} %%{if}"}}}' },
  numbers: { 'main.tf.json': '{"locals":{"a":1e5,"b":-0.5,"c":12345678901234567890123}}' },
  'function calls': { 'main.tf.json': '{"locals":{"a":"${upper(\\"x\\")}","b":"${jsonencode({a = 1})}"}}' },
  'a provider': { 'main.tf.json': '{"provider":{"terraform":{}}}' },
  'a data source': {
    'main.tf.json':
      '{"data":{"terraform_remote_state":{"s":{"backend":"local","config":{"path":"x"}}}},"output":{"o":{"value":"${data.terraform_remote_state.s.outputs.x}"}}}',
  },
  'CR LF': { 'main.tf.json': '{\r\n"locals": {\r\n"a": "${1}"\r\n}\r\n}\r\n' },
  'escaped carriage returns in a template': { 'main.tf.json': '{"locals":{"a":"x\\r\\n${1}\\r${2}"}}' },
  'arrays at every level': { 'main.tf.json': '{"resource":[{"terraform_data":[{"a":[{}]},{"b":{}}]}]}' },
  'a module call': {
    'main.tf.json': '{"module":{"m":{"source":"./m","x":"${1}"}},"output":{"o":{"value":"${module.m.y}"}}}',
    'm/main.tf.json': '{"variable":{"x":{}},"output":{"y":{"value":"${var.x}"}}}',
  },
  '"//" in a module call': {
    'main.tf.json': '{"module":{"m":{"source":"./m","//":"z"}}}',
    'm/main.tf.json': '{}',
  },
};
