// Values for configurations that nobody wrote: two different ones (`turn` 0 and 1) for each argument.

/** What may stand in a configuration: attributes that can be set, one block of each kind. */
export function sampleConfig(block, turn, wanted, known = new Map()) {
  return sampleBody(block, turn, wanted, '', known);
}

/**
 * `wanted(path, kind)` says whether an optional attribute or block is set; required ones always are. `known` holds the
 * values that alone are allowed, by path.
 */
function sampleBody(block, turn, wanted, prefix, known) {
  const body = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const path = prefix + name;
    const settable = attribute.required || (attribute.optional && !attribute.writeOnly);
    const set = settable && (attribute.required || known.get(path)?.needed || wanted(path, 'attribute'));
    body[name] = set && path !== 'id' ? sampleValue(name, attribute.type, turn, known.get(path)?.values) : null;
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const path = prefix + name;
    const needed = nested.minItems > 0 || known.get(path)?.needed;
    const set = name !== 'timeouts' && (needed || wanted(path, 'block'));
    const content = set ? sampleBody(nested.block, turn, wanted, `${path}.`, known) : undefined;
    body[name] = wrapBlock(nested.nesting, content);
  }
  return body;
}

function wrapBlock(nesting, content) {
  if (nesting === 'list' || nesting === 'set') return content === undefined ? [] : [content];
  if (nesting === 'map') return content === undefined ? {} : { key: content };
  return content ?? null;
}

export function sampleValue(name, type, turn, values) {
  if (values !== undefined && typeof type === 'string') return values[turn % values.length];
  if (type === 'string') return sampleText(name, turn);
  if (type === 'number') return 2 + turn;
  if (type === 'bool') return turn === 0;
  if (type === 'dynamic') return sampleText(name, turn);
  const [kind, inner] = type;
  if (kind === 'map') return { key: sampleValue(name, inner, turn, values) };
  if (kind === 'object')
    return Object.fromEntries(Object.entries(inner).map(([each, member]) => [each, sampleValue(each, member, turn)]));
  if (kind === 'tuple') return inner.map((each) => sampleValue(name, each, turn));
  return [sampleValue(name, inner, turn, values)];
}

/** Arguments without which a plan is refused, or whose form alone is accepted. */
export const neededArguments = {
  aws_lambda_function: { package_type: ['Image', 'Zip'], image_uri: ['a:0', 'a:1'] },
  aws_kinesis_stream: { shard_count: [2, 3] },
  aws_kinesis_firehose_delivery_stream: { destination: ['extended_s3'] },
  aws_lb_target_group: { port: [80, 81], protocol: ['HTTP', 'HTTPS'], vpc_id: ['vpc-0', 'vpc-1'] },
  aws_alb_target_group: { port: [80, 81], protocol: ['HTTP', 'HTTPS'], vpc_id: ['vpc-0', 'vpc-1'] },
  aws_dynamodb_table: {
    billing_mode: ['PAY_PER_REQUEST', 'PROVISIONED'],
    hash_key: ['id'],
    attribute: [],
    'attribute.name': ['id'],
    'attribute.type': ['S'],
  },
  aws_elasticache_cluster: { engine: ['redis', 'memcached'] },
};

/** Arguments that replace an object, where the provider checks others first: registry.terraform.io/providers/hashicorp/aws. */
export const documentedReplacements = {
  aws_dynamodb_table: ['hash_key', 'range_key', 'name', 'local_secondary_index'],
};

/** Attributes that stay empty for the usual arguments, although made-up ones leave them open. */
export const documentedEmpty = {
  aws_nat_gateway: ['secondary_allocation_ids'],
  aws_subnet: ['ipv6_cidr_block'],
};

const texts = [
  [
    /^container_definitions$/,
    '[{"name":"a","image":"a:0","essential":true,"cpu":1,"memory":64}]',
    '[{"name":"a","image":"a:1","essential":true,"cpu":1,"memory":64}]',
  ],
  [/(^|_)arns?$/, 'arn:aws:iam::123456789012:role/sample0', 'arn:aws:iam::123456789012:role/sample1'],
  [/(^|_)cidr(_block)?s?$/, '10.0.0.0/16', '10.1.0.0/16'],
  [/(^|_)(date|time|timestamp|at)$/, '2031-01-01T00:00:00Z', '2032-01-01T00:00:00Z'],
  [
    /(^|_)(policy|policy_document|assume_role_policy)$/,
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:b","Resource":"*"}]}',
    '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"a:c","Resource":"*"}]}',
  ],
  [/(^|_)(json|definition|definitions|properties|pattern|document)$/, '{"a":"0"}', '{"a":"1"}'],
  [/(^|_)(ip|ip_address|address)$/, '10.0.0.4', '10.0.0.5'],
  [/(^|_)(account|account_id|owner_id|registry_id)$/, '123456789012', '210987654321'],
];

function sampleText(name, turn) {
  const known = texts.find(([pattern]) => pattern.test(name));
  return known ? known[1 + turn] : `sample${turn}`;
}
