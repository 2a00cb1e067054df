import { isList, isRecord } from '../values';
import type { Value, ValueRecord } from '../values';
import { textOf } from './simulator';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/enable-access-logs.html */
export const elbAccounts: Readonly<Record<string, string>> = {
  'us-east-1': '127311923021',
  'us-east-2': '033677994240',
  'us-west-1': '027434742980',
  'us-west-2': '797873946194',
  'eu-central-1': '054676820928',
  'eu-west-1': '156460612806',
  'eu-west-2': '652711504416',
  'ap-northeast-1': '582318560864',
  'ap-southeast-1': '114774131450',
  'ap-southeast-2': '783225319266',
};

export function image(object: ValueRecord, id: string): ValueRecord {
  const name = filterValues(object, 'name')[0] ?? textOf(object, 'name_regex') ?? 'simulated-image';
  const owner = listOf(object.owners)[0] ?? 'amazon';
  return {
    id,
    image_id: id,
    architecture: filterValues(object, 'architecture')[0] ?? 'x86_64',
    creation_date: '2025-01-01T00:00:00.000Z',
    name: name.replaceAll('*', '20250101'),
    owner_id: /^\d{12}$/.test(owner) ? owner : '137112412989',
    state: 'available',
    root_device_name: '/dev/xvda',
    root_device_type: 'ebs',
    virtualization_type: 'hvm',
    image_type: 'machine',
    hypervisor: 'xen',
    root_snapshot_id: `snap-${id.slice(4)}`,
  };
}

export function group(object: ValueRecord, id: string, digits: string): ValueRecord {
  return {
    id: textOf(object, 'id') ?? id,
    name: textOf(object, 'name') ?? filterValues(object, 'group-name')[0] ?? 'default',
    vpc_id: textOf(object, 'vpc_id') ?? `vpc-${digits}`,
  };
}

/** Families whose processors and accelerators matter for training; others are taken for small machines. */
export function instanceType(name: string): ValueRecord {
  const [family = ''] = name.split('.');
  const accelerated = /^(p\d|g\d|trn|inf|dl)/.test(family);
  return {
    id: name,
    current_generation: true,
    default_vcpus: 4,
    memory_size: 16384,
    supported_architectures: [/\dg/.test(family) && !family.startsWith('g') ? 'arm64' : 'x86_64'],
    hypervisor: 'nitro',
    total_gpu_memory: accelerated ? 24576 : 0,
  };
}

/** Public parameters hold what their names say; anything else holds a word. */
export function parameterValue(name: string, ami: string): ValueRecord {
  const value = /\/ami(-|_|\/|$)|image[-_]id|\/amis?\//.test(name) ? ami : 'simulated';
  return { value, insecure_value: value };
}

export function allowing(action: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
  });
}

export function ids(prefix: string, digits: string, count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${prefix}-${digits.slice(index * 17, index * 17 + 17)}`,
  );
}

export function listOf(value: Value | undefined): readonly string[] {
  return isList(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

/** What a `filter` block asks for. */
export function filterValues(object: ValueRecord, name: string): readonly string[] {
  const filters = isList(object.filter) ? object.filter.filter(isRecord) : [];
  return filters.filter((each) => each.name === name).flatMap((each) => listOf(each.values));
}

/** `us-west-2a` is `usw2-az1`. */
export function zoneOf(zone: string): {
  readonly zone_id: string;
  readonly region: string;
  readonly group_name: string;
} {
  const region = zone.slice(0, -1);
  const [area = '', direction = '', number = ''] = region.split('-');
  const short = direction.replace(/north|south|east|west|central/g, (word) => word.charAt(0));
  return {
    zone_id: `${area}${short}${number}-az${zone.charCodeAt(zone.length - 1) - 96}`,
    region,
    group_name: region,
  };
}
