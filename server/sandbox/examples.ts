import { createHash } from 'node:crypto';
import type { CtyType } from '../cty/type';

/** A value as JSON can say it. */
export type Json = null | string | number | boolean | readonly Json[] | { readonly [name: string]: Json };

const elements = 3;

/**
 * A made-up value for something that is only known by its name and by what is done with it: stable, of the right form,
 * and recognisable. Where the type says nothing, the name decides.
 */
export function exampleValue(name: string, type: CtyType, seed: string): Json {
  const digits = createHash('sha256').update(`${seed}\n${name}`).digest('hex');
  if (type === 'dynamic') return exampleValue(name, guessedType(name), seed);
  if (type === 'string') return exampleText(name, digits);
  if (type === 'number') return exampleNumber(name);
  if (type === 'bool') return true;
  switch (type[0]) {
    case 'list':
    case 'set': {
      const inner = type[1] === 'dynamic' ? 'string' : type[1];
      return Array.from({ length: elements }, (_, index) =>
        exampleElement(singular(name), inner, `${seed}\n${index}`, index),
      );
    }
    case 'map':
      return { example: exampleValue(singular(name), type[1] === 'dynamic' ? 'string' : type[1], seed) };
    case 'object':
      return Object.fromEntries(
        Object.entries(type[1]).map(([member, inner]) => [
          member,
          exampleValue(member, inner, `${seed}\n${name}`),
        ]),
      );
    case 'tuple':
      return type[1].map((inner, index) => exampleValue(name, inner, `${seed}\n${index}`));
  }
}

/** The type that a name alone suggests. */
function guessedType(name: string): CtyType {
  if (/^(tags|labels|annotations)$|_(tags|labels|map)$/.test(name)) return ['map', 'string'];
  if (
    /(^|_)(ids|arns|names|zones|azs|subnets|cidrs|cidr_blocks|blocks|groups|ips|addresses|endpoints|urls|hosts)$/.test(
      name,
    )
  )
    return ['list', 'string'];
  if (/^(is|has|enable|use)_|(^|_)enabled$/.test(name)) return 'bool';
  return /(^|_)(count|size|port|number)$/.test(name) ? 'number' : 'string';
}

function exampleElement(name: string, type: CtyType, seed: string, index: number): Json {
  if (type === 'string' && /(^|_)(az|zone)$/.test(name)) return `us-east-1${'abc'.charAt(index)}`;
  if (type === 'string' && /(^|_)(cidr|cidr_block)$/.test(name)) return `10.0.${index}.0/24`;
  return exampleValue(name, type, seed);
}

function exampleText(name: string, digits: string): string {
  const noun = name.replace(/_?(id|arn)$/, '').replaceAll('_', '-') || 'example';
  if (/(^|_)arn$/.test(name))
    return `arn:aws:${noun.split('-')[0] ?? 'iam'}:us-east-1:123456789012:${noun}/${digits.slice(0, 12)}`;
  if (/(^|_)account_id$/.test(name)) return '123456789012';
  if (/(^|_)(vpc|subnet|eni|vol|igw|nat|rtb|sg|ami)_id$/.test(name)) {
    return `${/([a-z]+)_id$/.exec(name)?.[1] ?? 'i'}-${digits.slice(0, 17)}`;
  }
  if (/security_group(_id)?$/.test(name)) return `sg-${digits.slice(0, 17)}`;
  if (/(^|_)region$/.test(name)) return 'us-east-1';
  if (/(^|_)(cidr|cidr_block)$/.test(name)) return '10.0.0.0/16';
  if (/(^|_)ip(_address)?$/.test(name)) return '203.0.113.10';
  if (/(^|_)(url|uri)$/.test(name)) return `https://${digits.slice(0, 12)}.example.invalid/`;
  if (/(endpoint|hostname|dns_name|domain|domain_name)$/.test(name))
    return `${digits.slice(0, 12)}.example.invalid`;
  if (/certificate_authority_data$|(^|_)(ca_certificate|token|password|secret)$/.test(name)) {
    return Buffer.from(digits).toString('base64');
  }
  return `simulated-${noun}-${digits.slice(0, 8)}`;
}

function exampleNumber(name: string): number {
  return name.endsWith('port') ? 443 : 1;
}

function singular(name: string): string {
  if (/(addresses|classes)$/.test(name)) return name.slice(0, -2);
  return name.length > 2 && name.endsWith('s') && !name.endsWith('ss') ? name.slice(0, -1) : name;
}

/** The type of a JSON value as Terraform would read it from state. */
export function typeOfJson(value: Json): CtyType {
  if (value === null) return 'dynamic';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return ['tuple', (value as readonly Json[]).map(typeOfJson)];
  return [
    'object',
    Object.fromEntries(Object.entries(value).map(([name, item]) => [name, typeOfJson(item)])),
  ];
}
