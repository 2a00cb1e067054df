import { serviceOf } from './awsServices.mjs';

/**
 * Which enumeration of AWS's API an argument takes. Sure ways only:
 * - its path is a path of fields through the input of the operation that makes the resource, or
 * - its name is a field that has the same enumeration wherever the service has it, and the name says what it is.
 */

/** Names that say nothing by themselves, so that a field of the same name elsewhere proves nothing. */
const vague = new Set('type types status state states mode name names value values key keys version action actions format protocol engine effect operator level scope source target kind unit method role category class language size tier policy policies resource_type resource_types code reason attribute attributes event events permissions permission metric metrics namespace order operation condition origin encoding strategy behavior enabled comparison_operator platform locale region instance_type'.split(' '));
const verbs = ['Create', 'Put', 'Register', 'Run', 'Request', 'Allocate', 'Set', 'Start', 'Add', 'Enable', 'Associate', 'Attach', 'Authorize', 'Upload', 'Publish', 'Subscribe', 'Update', 'Modify'];
const endings = ['Request', 'Input', 'Message', 'CommandInput', 'Type', ''];

/**
 * @param {{ kind: string, type: string, path: string, name: string }} argument
 * @param {Map<string, import('./awsSdk.mjs').Service>} services
 * @returns {{ service: string, name: string, values: string[], by: 'path' | 'field' } | undefined}
 */
export function enumerationOf(argument, services) {
  const belongs = serviceOf(argument.type);
  const service = belongs === undefined ? undefined : services.get(belongs.service);
  if (service === undefined) return undefined;
  const parts = argument.path.split('.');
  for (const input of inputsOf(argument.type, belongs.prefix, service)) {
    const found = follow(parts, input, service);
    if (found !== undefined) return { service: belongs.service, name: found, values: service.enums.get(found), by: 'path' };
  }
  const found = vague.has(argument.name) ? undefined : everywhere(argument.name, service);
  return found === undefined ? undefined : { service: belongs.service, name: found, values: service.enums.get(found), by: 'field' };
}

function inputsOf(type, prefix, service) {
  const name = type.replace(/^aws_/, '');
  const rest = name.slice(prefix.length + 1);
  const subjects = [rest, name, ...(rest.startsWith('v2_') ? [rest.slice(3)] : [])].filter((each) => each !== '').map(letters);
  if (name === 'instance' || name === 'spot_instance_request') subjects.push('instances');
  const wanted = new Set(subjects.flatMap((subject) => verbs.flatMap((verb) => endings.map((ending) => (verb + subject + ending).toLowerCase()))));
  service.byLetters ??= new Map([...service.shapes.keys()].map((each) => [each.toLowerCase(), each]));
  return [...wanted].map((each) => service.byLetters.get(each)).filter((each) => each !== undefined).map((each) => service.shapes.get(each));
}

function follow([name, ...rest], shape, service) {
  const type = fieldOf(shape, name);
  if (type === undefined) return undefined;
  if (rest.length === 0) return service.enums.has(type) ? type : undefined;
  const inner = service.shapes.get(type);
  return inner === undefined ? undefined : follow(rest, inner, service);
}

function fieldOf(shape, name) {
  const wanted = letters(name);
  let plural;
  for (const [field, type] of shape) {
    const own = field.toLowerCase();
    if (own === wanted) return type;
    if (own === `${wanted}s` || own === `${wanted}es` || (wanted.endsWith('y') && own === `${wanted.slice(0, -1)}ies`)) plural = type;
  }
  return plural;
}

/** The one enumeration that all fields of a name have, where none of them is free text. */
function everywhere(name, service) {
  service.byField ??= byField(service);
  const types = service.byField.get(letters(name));
  if (types?.size !== 1) return undefined;
  const [type] = types;
  return service.enums.has(type) ? type : undefined;
}

function byField({ shapes }) {
  const found = new Map();
  for (const shape of shapes.values()) {
    for (const [field, type] of shape) {
      const key = field.toLowerCase();
      found.set(key, (found.get(key) ?? new Set()).add(type));
    }
  }
  return found;
}

function letters(name) {
  return name.replaceAll('_', '').toLowerCase();
}
