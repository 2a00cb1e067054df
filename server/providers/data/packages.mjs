/**
 * Where the schemas come from: npm packages of generated bindings, which hold every attribute of a provider.
 * To update a provider raise its version, run `node server/providers/data/generate.mjs` and look at the counts.
 * The maintained family (@cdktn) wins over the frozen one (@cdktf) where both publish a provider.
 */
export const packages = [
  { name: '@cdktn/provider-aws', version: '25.7.0' },
  { name: '@cdktn/provider-random', version: '15.0.1' },
  { name: '@cdktf/provider-archive', version: '11.0.1' },
  { name: '@cdktf/provider-cloudinit', version: '11.0.1' },
  { name: '@cdktf/provider-external', version: '11.0.1' },
  { name: '@cdktf/provider-http', version: '10.0.1' },
  { name: '@cdktf/provider-local', version: '11.1.1' },
  { name: '@cdktf/provider-null', version: '11.0.1' },
  { name: '@cdktf/provider-time', version: '11.0.1' },
  { name: '@cdktf/provider-tls', version: '11.0.1' },
];
