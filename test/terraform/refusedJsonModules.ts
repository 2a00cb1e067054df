import type { JsonModules } from './jsonModule';

/** Small modules with files in JSON that `terraform validate` 1.11.4 refuses. */
export const refused: JsonModules = {
  'an empty file': { 'main.tf.json': '' },
  'a file of white space': { 'main.tf.json': '  \n' },
  'a string as the file': { 'main.tf.json': '"x"' },
  'null as the file': { 'main.tf.json': 'null' },
  'a byte order mark': { 'main.tf.json': '\ufeff{}' },
  'a comment': { 'main.tf.json': '{} // x' },
  '"//" among labels, where it is a label': {
    'main.tf.json': '{"//":"x","variable":{"//":"no","a":{"//":{"x":1}}}}',
  },
  'an unknown block type': { 'main.tf.json': '{"foo":{}}' },
  'null in place of a label': { 'main.tf.json': '{"variable":null}' },
  'no label': { 'main.tf.json': '{"variable":{}}' },
  'null in place of a body': {
    'main.tf.json': '{"variable":{"a":null},"output":{"o":{"value":"${var.a}"}}}',
  },
  'two bodies for one name': { 'main.tf.json': '{"variable":{"a":[{},{}]}}' },
  'one label twice': { 'main.tf.json': '{"variable":{"a":{},"a":{}}}' },
  'an argument twice': { 'main.tf.json': '{"variable":{"a":{"default":1,"default":2}}}' },
  'a key twice in an object': { 'main.tf.json': '{"locals":{"a":{"x":1,"x":2}}}' },
  'a local twice': { 'main.tf.json': '{"locals":{"a":1,"a":2}}' },
  'a string in place of locals': { 'main.tf.json': '{"locals":"x"}' },
  'a broken template': { 'main.tf.json': '{"locals":{"a":"${1 +"}}' },
  'a reference to nothing': { 'main.tf.json': '{"output":{"a":{"value":"${var.nope}"}}}' },
  'a reference in a key': { 'main.tf.json': '{"locals":{"a":{"${var.nope}":1}}}' },
  'a type constraint in a template': { 'main.tf.json': '{"variable":{"a":{"type":"${string}"}}}' },
  'depends_on nothing': {
    'main.tf.json': '{"resource":{"terraform_data":{"b":{"depends_on":["terraform_data.nope"]}}}}',
  },
  'depends_on with a template': {
    'main.tf.json': '{"resource":{"terraform_data":{"a":{},"b":{"depends_on":["${terraform_data.a}"]}}}}',
  },
  'moved with a template': {
    'main.tf.json': '{"moved":{"from":"terraform_data.z","to":"${terraform_data.a}"}}',
  },
  'check without assert': { 'main.tf.json': '{"check":{"c":{}}}' },
  'an unknown argument': { 'main.tf.json': '{"resource":{"terraform_data":{"a":{"nope":1}}}}' },
  'a missing argument': { 'main.tf.json': '{"output":{"o":{}}}' },
  'a variable in both notations': { 'main.tf': 'variable "a" {}\n', 'v.tf.json': '{"variable":{"a":{}}}' },
  'an escape that JSON does not have': { 'main.tf.json': '{"output":{"o":{"value":"\\x"}}}' },
  'a number with a leading zero': { 'main.tf.json': '{"locals":{"a":01}}' },
  'a comma before }': { 'main.tf.json': '{"locals":{"a":1,}}' },
  'a comma before ]': { 'main.tf.json': '{"locals":{"a":[1,]}}' },
  'single quotes': { 'main.tf.json': "{'locals':{}}" },
  'nulls in place of blocks with labels': {
    'main.tf.json':
      '{"resource":{"terraform_data":{"a":{"input":null,"lifecycle":null,"depends_on":null,"provisioner":null}}}}',
  },
  'null in place of resources': { 'main.tf.json': '{"resource":null}' },
  'an unknown function': { 'main.tf.json': '{"locals":{"a":"${uper(\\"x\\")}"}}' },
  'a raw tab in a string': { 'main.tf.json': '{"locals":{"a":"x\ty"}}' },
  'a string in place of labels': { 'main.tf.json': '{"resource":{"terraform_data":"x"}}' },
  'a string in place of a body': { 'main.tf.json': '{"resource":{"terraform_data":{"a":"x"}}}' },
  'a string in an array of bodies': { 'main.tf.json': '{"resource":{"terraform_data":{"a":["x"]}}}' },
  'an unknown module input': {
    'main.tf.json': '{"module":{"m":{"source":"./m","z":1}}}',
    'm/main.tf.json': '{"variable":{"x":{"default":1}}}',
  },
  'a missing module input': {
    'main.tf.json': '{"module":{"m":{"source":"./m"}}}',
    'm/main.tf.json': '{"variable":{"x":{}}}',
  },
  'an unknown module output': {
    'main.tf.json': '{"module":{"m":{"source":"./m"}},"output":{"o":{"value":"${module.m.nope}"}}}',
    'm/main.tf.json': '{"output":{"y":{"value":1}}}',
  },
};
