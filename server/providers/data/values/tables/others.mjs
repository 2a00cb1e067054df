const plain = (text) => text.split(' ').map((value) => ({ value }));

/** Regions of DigitalOcean, from its page "Regional availability". */
const digitaloceanRegions = `nyc1 New York City
nyc2 New York City
nyc3 New York City
sfo2 San Francisco
sfo3 San Francisco
ams3 Amsterdam
sgp1 Singapore
lon1 London
fra1 Frankfurt
tor1 Toronto
blr1 Bangalore
syd1 Sydney
atl1 Atlanta`.split('\n').map((line) => ({ value: line.slice(0, 4), detail: line.slice(5) }));

/** From DigitalOcean's pages on Droplet plans and GPU Droplets. */
const droplets = [
  ...plain('s-1vcpu-512mb-10gb s-1vcpu-1gb s-1vcpu-2gb s-2vcpu-2gb s-2vcpu-4gb s-4vcpu-8gb s-8vcpu-16gb c-2 c-4 c-8 c-16 c-32 g-2vcpu-8gb g-4vcpu-16gb g-8vcpu-32gb g-16vcpu-64gb m-2vcpu-16gb m-4vcpu-32gb m-8vcpu-64gb'),
  { value: 'gpu-h200x1-141gb', detail: '1 × H200 141 GB' },
  { value: 'gpu-h200x8-1128gb', detail: '8 × H200 141 GB' },
  { value: 'gpu-h100x1-80gb', detail: '1 × H100 80 GB' },
  { value: 'gpu-h100x8-640gb', detail: '8 × H100 80 GB' },
  { value: 'gpu-mi300x1-192gb', detail: '1 × MI300X 192 GB' },
  { value: 'gpu-mi300x8-1536gb', detail: '8 × MI300X 192 GB' },
  { value: 'gpu-l40sx1-48gb', detail: '1 × L40S 48 GB' },
  { value: 'gpu-6000adax1-48gb', detail: '1 × RTX 6000 Ada 48 GB' },
  { value: 'gpu-4000adax1-20gb', detail: '1 × RTX 4000 Ada 20 GB' },
];

/** Values by hand of smaller providers: patterns of "type path" and what they take. */
export const otherTables = {
  'digitalocean/digitalocean': [
    [/^\w+ digitalocean_\w+ (?:region|regions)$/, digitaloceanRegions, (arg) => !/spaces|app$/.test(arg.type)],
    [/^resource digitalocean_(?:droplet size|droplet_autoscale droplet_template\.size|kubernetes_cluster node_pool\.size|kubernetes_node_pool size)$/, droplets],
  ],
  'integrations/github': [
    [/^resource github_repository visibility$/, plain('private public internal')],
    [/^resource github_team privacy$/, plain('closed secret')],
  ],
  'kreuzwerker/docker': [[/^resource docker_container restart$/, plain('no on-failure always unless-stopped')]],
};
