import type { CtyType } from '../../cty/type';
import { openTofuOnly, since, until } from './availability';
import type { Availability } from './availability';

/** A function as the recorded signatures write it. */
export interface Signature {
  readonly returns: CtyType;
  readonly parameters: readonly { readonly name: string; readonly type: CtyType }[];
  readonly variadic?: { readonly name: string; readonly type: CtyType };
}

/** A signature that is not among the recorded ones, with what the function does and who knows it. */
export interface FurtherFunction extends Signature {
  readonly available: Availability;
  readonly summary: string;
}

/**
 * The releases that know a recorded function, where not all do: the `Functions` of `internal/lang/functions.go` (before
 * 1.0 `lang/functions.go`), release by release.
 */
export const functionAvailability: Readonly<Record<string, Availability>> = {
  ...knownFrom('0.12.2', ['range', 'uuidv5', 'yamldecode', 'yamlencode']),
  ...knownFrom('0.12.4', ['abspath']),
  ...knownFrom('0.12.7', ['regex', 'regexall']),
  ...knownFrom('0.12.8', ['fileset']),
  ...knownFrom('0.12.10', ['cidrsubnets', 'parseint']),
  ...knownFrom('0.12.17', ['trim', 'trimprefix', 'trimsuffix']),
  ...knownFrom('0.12.20', ['can', 'try']),
  ...knownFrom('0.12.21', ['setsubtract']),
  ...knownFrom('0.13', ['sum']),
  ...knownFrom('0.14', ['alltrue', 'anytrue', 'textdecodebase64', 'textencodebase64']),
  ...knownFrom('0.15', ['nonsensitive', 'one', 'sensitive']),
  ...knownFrom('1.3', ['endswith', 'startswith', 'timecmp']),
  ...knownFrom('1.5', ['plantimestamp', 'strcontains']),
  ...knownFrom('1.8', ['issensitive'], '1.7'),
  ...knownFrom('1.9', ['templatestring'], '1.7'),
  ...knownFrom('1.10', ['ephemeralasnull'], '1.11'),
};

function knownFrom(
  terraform: string,
  names: readonly string[],
  opentofu?: string,
): Record<string, Availability> {
  return Object.fromEntries(names.map((name) => [name, since(terraform, opentofu)]));
}

const anything = 'dynamic';

function further(
  available: Availability,
  summary: string,
  parameters: readonly (readonly [name: string, type: CtyType])[],
  returns: CtyType,
): FurtherFunction {
  return { available, summary, returns, parameters: parameters.map(([name, type]) => ({ name, type })) };
}

/** Functions that Terraform 1.11 lacks: of OpenTofu, of later releases, and of earlier ones. */
export function furtherFunctions(): Readonly<Record<string, FurtherFunction>> {
  const gone = until('0.15');
  const value = { name: 'vals', type: anything } as const;
  return {
    base64gunzip: further(
      openTofuOnly('1.7'),
      'Unpacks Base64 of text that gzip compressed.',
      [['str', 'string']],
      'string',
    ),
    cidrcontains: further(
      openTofuOnly('1.7'),
      'Whether a network prefix contains an address or another prefix.',
      [
        ['containing_prefix', 'string'],
        ['contained_ip_or_prefix', 'string'],
      ],
      'bool',
    ),
    urldecode: further(
      openTofuOnly('1.7'),
      'Undoes the escapes of `urlencode`.',
      [['str', 'string']],
      'string',
    ),
    convert: further(
      since('1.15', '1.13'),
      'Converts a value to a type, which is written as in a `variable` block.',
      [
        ['value', anything],
        ['type', anything],
      ],
      anything,
    ),
    ...assumptions(),
    list: {
      ...further(gone, 'Makes a list. Write `[…]` or `tolist([…])`.', [], ['list', anything]),
      variadic: value,
    },
    map: {
      ...further(gone, 'Makes a map. Write `{…}` or `tomap({…})`.', [], ['map', anything]),
      variadic: value,
    },
    defaults: further(
      until('1.3', '0.14'),
      'Fills attributes that are left out, in an experiment that `optional(type, default)` ended.',
      [
        ['input', anything],
        ['defaults', anything],
      ],
      anything,
    ),
  };
}

/** OpenTofu takes their word for what it cannot know before something is applied. */
function assumptions(): Readonly<Record<string, FurtherFunction>> {
  const available = openTofuOnly('1.13');
  const lengths = (['list', 'map', 'set'] as const).flatMap((kind): [string, FurtherFunction][] => {
    const collection: CtyType = [kind, anything];
    const bounds = [
      ['', 'within bounds', ['min_length', 'max_length']],
      ['min', 'at least so long', ['min_length']],
      ['max', 'at most so long', ['max_length']],
    ] as const;
    return bounds.map(([end, promise, names]) => [
      `assume${kind}length${end}`,
      further(
        available,
        `A ${kind} that is ${promise} once it is known.`,
        [[kind, collection], ...names.map((name) => [name, 'number'] as const)],
        collection,
      ),
    ]);
  });
  return {
    ...Object.fromEntries(lengths),
    assumeequal: further(
      available,
      'A value that equals an expected one once it is known.',
      [
        ['actual_value', anything],
        ['expected_value', anything],
      ],
      anything,
    ),
    assumenotnull: further(
      available,
      'A value that is not null once it is known.',
      [['value', anything]],
      anything,
    ),
    assumestringprefix: further(
      available,
      'A text that begins with a prefix once it is known.',
      [
        ['value', 'string'],
        ['prefix', 'string'],
      ],
      'string',
    ),
  };
}
