/** Regions with the letters of their zones and where they are, from Google's page "Regions and zones". */
const regionRows = `us-central1 abcf Iowa
us-east1 bcd South Carolina
us-east4 abc Northern Virginia
us-east5 abc Columbus
us-south1 abc Dallas
us-west1 abc Oregon
us-west2 abc Los Angeles
us-west3 abc Salt Lake City
us-west4 abc Las Vegas
northamerica-northeast1 abc Montréal
northamerica-northeast2 abc Toronto
northamerica-south1 abc Mexico
southamerica-east1 abc São Paulo
southamerica-west1 abc Santiago
europe-west1 bcd Belgium
europe-west2 abc London
europe-west3 abc Frankfurt
europe-west4 abc Netherlands
europe-west6 abc Zürich
europe-west8 abc Milan
europe-west9 abc Paris
europe-west10 abc Berlin
europe-west12 abc Turin
europe-central2 abc Warsaw
europe-north1 abc Finland
europe-north2 abc Stockholm
europe-southwest1 abc Madrid
asia-east1 abc Taiwan
asia-east2 abc Hong Kong
asia-northeast1 abc Tokyo
asia-northeast2 abc Osaka
asia-northeast3 abc Seoul
asia-south1 abc Mumbai
asia-south2 abc Delhi
asia-southeast1 abc Singapore
asia-southeast2 abc Jakarta
australia-southeast1 abc Sydney
australia-southeast2 abc Melbourne
me-west1 abc Tel Aviv
me-central1 abc Doha
me-central2 abc Dammam
africa-south1 abc Johannesburg`.split('\n').map((line) => /^(\S+) (\S+) (.*)$/.exec(line).slice(1));

export const regions = regionRows.map(([value, , detail]) => ({ value, detail }));
export const zones = regionRows.flatMap(([region, letters, detail]) => [...letters].map((letter) => ({ value: `${region}-${letter}`, detail })));

/** Families of machines: sizes, and GB of memory for each vCPU where that is a constant. From "Machine families". */
const families = [
  ['e2-standard', '2 4 8 16 32', 4], ['e2-highmem', '2 4 8 16', 8], ['e2-highcpu', '2 4 8 16 32', 1],
  ['n4-standard', '2 4 8 16 32 48 64 80', 4], ['n4-highmem', '2 4 8 16 32 48 64 80', 8], ['n4-highcpu', '2 4 8 16 32 48 64 80', 2],
  ['n2-standard', '2 4 8 16 32 48 64 80 96 128', 4], ['n2-highmem', '2 4 8 16 32 48 64 80 96', 8], ['n2-highcpu', '2 4 8 16 32 48 64 80 96', 1],
  ['n2d-standard', '2 4 8 16 32 48 64 80 96 128 224', 4], ['n2d-highmem', '2 4 8 16 32 48 64 80 96', 8], ['n2d-highcpu', '2 4 8 16 32 48 64 80 96 128 224', 1],
  ['n1-standard', '1 2 4 8 16 32 64 96', 3.75], ['n1-highmem', '2 4 8 16 32 64 96', 6.5], ['n1-highcpu', '2 4 8 16 32 64 96', 0.9],
  ['t2d-standard', '1 2 4 8 16 32 48 60', 4], ['t2a-standard', '1 2 4 8 16 32 48', 4],
  ['c4-standard', '2 4 8 16 32 48 96 192'], ['c4-highmem', '2 4 8 16 32 48 96 192'], ['c4-highcpu', '2 4 8 16 32 48 96 192', 2],
  ['c4a-standard', '1 2 4 8 16 32 48 64 72', 4], ['c4a-highmem', '1 2 4 8 16 32 48 64 72', 8], ['c4a-highcpu', '1 2 4 8 16 32 48 64 72', 2],
  ['c4d-standard', '2 4 8 16 32 48 64 96 192 384'], ['c4d-highmem', '2 4 8 16 32 48 64 96 192 384'], ['c4d-highcpu', '2 4 8 16 32 48 64 96 192 384'],
  ['c3-standard', '4 8 22 44 88 176', 4], ['c3-highmem', '4 8 22 44 88 176', 8], ['c3-highcpu', '4 8 22 44 88 176', 2],
  ['c3d-standard', '4 8 16 30 60 90 180 360', 4], ['c3d-highmem', '4 8 16 30 60 90 180 360', 8], ['c3d-highcpu', '4 8 16 30 60 90 180 360'],
  ['c2-standard', '4 8 16 30 60', 4], ['c2d-standard', '2 4 8 16 32 56 112', 4], ['c2d-highmem', '2 4 8 16 32 56 112', 8], ['c2d-highcpu', '2 4 8 16 32 56 112', 2],
  ['m3-ultramem', '32 64 128'], ['m3-megamem', '64 128'], ['m2-ultramem', '208 416'], ['m2-megamem', '416'], ['m1-ultramem', '40 80 160'], ['m1-megamem', '96'],
  ['h3-standard', '88', 4], ['z3-highmem', '88 176', 8],
];

/** Machines with accelerators: type, vCPUs, GB of memory, number, model, GB of each. From "GPU machine types". */
const accelerated = `a4x-highgpu-4g 140 884 4 GB200 186
a4-highgpu-8g 224 3968 8 B200 180
a3-ultragpu-8g 224 2952 8 H200 141
a3-megagpu-8g 208 1872 8 H100 80
a3-highgpu-1g 26 234 1 H100 80
a3-highgpu-2g 52 468 2 H100 80
a3-highgpu-4g 104 936 4 H100 80
a3-highgpu-8g 208 1872 8 H100 80
a3-edgegpu-8g 208 1872 8 H100 80
a2-highgpu-1g 12 85 1 A100 40
a2-highgpu-2g 24 170 2 A100 40
a2-highgpu-4g 48 340 4 A100 40
a2-highgpu-8g 96 680 8 A100 40
a2-megagpu-16g 96 1360 16 A100 40
a2-ultragpu-1g 12 170 1 A100 80
a2-ultragpu-2g 24 340 2 A100 80
a2-ultragpu-4g 48 680 4 A100 80
a2-ultragpu-8g 96 1360 8 A100 80
g4-standard-48 48 180 1 RTX_PRO_6000 96
g4-standard-96 96 360 2 RTX_PRO_6000 96
g4-standard-192 192 720 4 RTX_PRO_6000 96
g4-standard-384 384 1440 8 RTX_PRO_6000 96
g2-standard-4 4 16 1 L4 24
g2-standard-8 8 32 1 L4 24
g2-standard-12 12 48 1 L4 24
g2-standard-16 16 64 1 L4 24
g2-standard-24 24 96 2 L4 24
g2-standard-32 32 128 1 L4 24
g2-standard-48 48 192 4 L4 24
g2-standard-96 96 384 8 L4 24`.split('\n').map((line) => {
  const [value, cpus, memory, count, model, each] = line.split(' ');
  const name = model.replaceAll('_', ' ');
  const size = `${Number(memory).toLocaleString('en-US')} GB`;
  return {
    value,
    detail: `${count} × ${name} ${each} GB · ${cpus} vCPU · ${size}`,
    documentation: `**${count} × NVIDIA ${name} with ${each} GB${Number(count) > 1 ? ` each (${(count * each).toLocaleString('en-US')} GB together)` : ''}**  \n${cpus} vCPUs, ${size} memory`,
  };
});

const tpus = `tpu7x-standard-4t 4 v7
ct6e-standard-1t 1 v6e
ct6e-standard-4t 4 v6e
ct6e-standard-8t 8 v6e
ct5p-hightpu-1t 1 v5p
ct5p-hightpu-2t 2 v5p
ct5p-hightpu-4t 4 v5p
ct5lp-hightpu-1t 1 v5e
ct5lp-hightpu-4t 4 v5e
ct5lp-hightpu-8t 8 v5e
ct4p-hightpu-4t 4 v4`.split('\n').map((line) => {
  const [value, count, model] = line.split(' ');
  return { value, detail: `${count} × TPU ${model}` };
});

/** Slices of TPUs: the number is of chips for v5e and v6e, of cores for the others. From "TPU configurations". */
const tpuSlices = [
  ...[1, 4, 8, 16, 32, 64, 128, 256].map((chips) => ({ value: `v6e-${chips}`, detail: `TPU v6e · ${chips} chip${chips > 1 ? 's' : ''}` })),
  ...[8, 16, 32, 64, 128, 256, 512].map((cores) => ({ value: `v5p-${cores}`, detail: `TPU v5p · ${cores / 2} chips` })),
  ...[1, 4, 8, 16, 32, 64, 128, 256].map((chips) => ({ value: `v5litepod-${chips}`, detail: `TPU v5e · ${chips} chip${chips > 1 ? 's' : ''}` })),
  ...[8, 16, 32, 64, 128, 256].map((cores) => ({ value: `v4-${cores}`, detail: `TPU v4 · ${cores / 2} chips` })),
  ...[8, 32].map((cores) => ({ value: `v3-${cores}`, detail: `TPU v3 · ${cores / 2} chips` })),
  ...[8, 32].map((cores) => ({ value: `v2-${cores}`, detail: `TPU v2 · ${cores / 2} chips` })),
];

const shared = [
  { value: 'e2-micro', detail: '2 shared vCPU · 1 GB' },
  { value: 'e2-small', detail: '2 shared vCPU · 2 GB' },
  { value: 'e2-medium', detail: '2 shared vCPU · 4 GB' },
];
const small = [{ value: 'f1-micro', detail: '1 shared vCPU · 0.6 GB' }, { value: 'g1-small', detail: '1 shared vCPU · 1.7 GB' }];
const ordinary = families.flatMap(([family, sizes, perCpu]) =>
  sizes.split(' ').map((size) => ({
    value: `${family}-${size}`,
    detail: `${size} vCPU${perCpu === undefined ? '' : ` · ${Math.round(size * perCpu * 100) / 100} GB`}`,
  })),
);
/** So new that only the number of accelerators is certain. */
const newest = [{ value: 'a4x-maxgpu-4g-metal', detail: '4 × GB300' }];
export const machineTypes = [...shared, ...ordinary, ...newest, ...accelerated, ...small];
const nodeMachines = [...shared, ...ordinary, ...newest, ...accelerated, ...tpus, ...small];

const accelerators = [
  { value: 'nvidia-l4', detail: '24 GB · G2 machines' },
  { value: 'nvidia-tesla-t4', detail: '16 GB · N1 machines' },
  { value: 'nvidia-tesla-a100', detail: '40 GB · A2 machines' },
  { value: 'nvidia-a100-80gb', detail: '80 GB · A2 Ultra machines' },
  { value: 'nvidia-h100-80gb', detail: '80 GB · A3 High machines' },
  { value: 'nvidia-h100-mega-80gb', detail: '80 GB · A3 Mega machines' },
  { value: 'nvidia-h200-141gb', detail: '141 GB · A3 Ultra machines' },
  { value: 'nvidia-b200', detail: '180 GB · A4 machines' },
  { value: 'nvidia-gb200', detail: '186 GB · A4X machines' },
  { value: 'nvidia-rtx-pro-6000', detail: '96 GB · G4 machines' },
  { value: 'nvidia-tesla-v100', detail: '16 GB · N1 machines' },
  { value: 'nvidia-tesla-p100', detail: '16 GB · N1 machines' },
  { value: 'nvidia-tesla-p4', detail: '8 GB · N1 machines' },
];

const plain = (text) => text.split(/\s+/).map((value) => ({ value }));
const disks = plain('pd-balanced pd-ssd pd-standard pd-extreme hyperdisk-balanced hyperdisk-extreme hyperdisk-throughput hyperdisk-ml hyperdisk-balanced-high-availability');
const bootDisks = plain('pd-balanced pd-ssd pd-standard hyperdisk-balanced');
const upper = (list) => list.map((each) => ({ ...each, value: each.value.toUpperCase() }));
const bucketLocations = [
  { value: 'US', detail: 'multi-region, United States' },
  { value: 'EU', detail: 'multi-region, European Union' },
  { value: 'ASIA', detail: 'multi-region, Asia' },
  { value: 'NAM4', detail: 'dual-region, Iowa and South Carolina' },
  { value: 'EUR4', detail: 'dual-region, Netherlands and Finland' },
  { value: 'ASIA1', detail: 'dual-region, Tokyo and Osaka' },
  ...upper(regions),
];
const datasetLocations = [{ value: 'US', detail: 'multi-region, United States' }, { value: 'EU', detail: 'multi-region, European Union' }, ...regions];
const runtimes = plain('python313 python312 python311 python310 nodejs22 nodejs20 go124 go123 go122 java21 java17 dotnet8 ruby34 ruby33 php84 php83 php82');
const sqlTiers = [
  ...plain('db-f1-micro db-g1-small'),
  ...['1-3840', '2-7680', '4-15360', '8-30720', '16-61440', '32-122880', '64-245760', '96-368640'].map((each) => {
    const [cpus, memory] = each.split('-');
    return { value: `db-custom-${each}`, detail: `${cpus} vCPU · ${Number(memory) / 1024} GB` };
  }),
  ...[2, 4, 8, 16, 32, 48, 64, 80, 96, 128].map((cpus) => ({ value: `db-perf-optimized-N-${cpus}`, detail: `Enterprise Plus · ${cpus} vCPU · ${cpus * 8} GB` })),
];
const versions = plain('POSTGRES_18 POSTGRES_17 POSTGRES_16 POSTGRES_15 POSTGRES_14 POSTGRES_13 MYSQL_8_4 MYSQL_8_0 SQLSERVER_2022_STANDARD SQLSERVER_2022_ENTERPRISE SQLSERVER_2022_EXPRESS SQLSERVER_2022_WEB SQLSERVER_2019_STANDARD SQLSERVER_2019_ENTERPRISE SQLSERVER_2019_EXPRESS SQLSERVER_2019_WEB');
const old = (list) => list.map((value) => ({ value, deprecated: true }));

/** Values by hand: patterns of "type path" and what they take. The first that matches wins over everything mined. */
export function googleTable() {
  const vertex = /vertex_ai|colab|notebook|workbench|dataproc|dataflow|composer|alloydb|sql_|memorystore|redis|cloudbuild/;
  return [
    [/^provider \S* ?region$|^\w+ \S+ region$/, regions],
    [/^provider \S* ?zone$|^\w+ \S+ zone$/, zones],
    [/^resource google_compute_region_\w+ distribution_policy_zones$|^\w+ google_container_(?:cluster|node_pool) node_locations$/, zones],
    [/^\w+ google_container_(?:cluster|node_pool) location$|^data google_container_\w+ location$/, [...regions, ...zones]],
    [/^\w+ google_(?:notebooks_instance|workbench_instance|notebooks_instance_iam_\w+|workbench_instance_iam_\w+) location$/, zones],
    [/^\w+ google_filestore_\w+ location$/, [...zones, ...regions]],
    [/^resource google_storage_bucket location$/, bucketLocations],
    [/^\w+ google_bigquery_(?:dataset|connection|job|reservation|data_transfer_config|capacity_commitment|\w*assignment)\w* location$/, datasetLocations],
    [/^\w+ google_kms_key_ring location$/, [{ value: 'global' }, { value: 'us' }, { value: 'europe' }, { value: 'asia1' }, ...regions]],
    [/^\w+ google_artifact_registry_\w+ location$/, [{ value: 'us' }, { value: 'europe' }, { value: 'asia' }, ...regions]],
    [/^resource google_(?:cloud_run\w*|cloudfunctions2_\w+|vertex_ai_endpoint|vertex_ai_dataset|vertex_ai_index\w*|eventarc_trigger|workflows_workflow|gke_backup_\w+|alloydb_\w+|redis_cluster|memorystore_instance|cloud_tasks_queue|dataform_\w+|colab_\w+|netapp_\w+|cloudbuild_worker_pool|cloudbuildv2_\w+|privateca_\w+|backup_dr_\w+|datastream_\w+|database_migration_service_\w+|dataplex_\w+|healthcare_dataset\w*|looker_instance\w*|secure_source_manager_\w+|workstations_\w+|vmwareengine_subnet\w*|binary_authorization_\w+|clouddeploy_\w+|container_(?:aws|azure|attached)_\w+|gkeonprem_\w+|parallelstore_instance|lustre_instance) location$/, regions],
    [/^\w+ google_(?:compute_instance\w*|compute_region_instance_template|container_cluster|container_node_pool) (?:\S+\.)?machine_type$/, nodeMachines, (arg) => /container/.test(arg.type)],
    [/^\w+ google_compute_\w+ (?:\S+\.)?machine_type$/, machineTypes],
    [/^resource google_(?:dataproc_\w+|workbench_instance|notebooks_\w+|vertex_ai_\w+|colab_\w+|composer_environment|dataflow_job|dataflow_flex_template_job|workstations_\w+|batch_\w+|cloud_workstations\w*) (?:\S+\.)?(?:machine_type|launcher_machine_type)$/, machineTypes],
    [/^\w+ google_compute_\w+ (?:\S+\.)?(?:guest_accelerators?|accelerators)\.(?:type|accelerator_type)$|^\w+ google_container_\w+ (?:\S+\.)?guest_accelerator\.type$/, accelerators, (arg) => !vertex.test(arg.type)],
    [/^resource google_dataproc_\w+ (?:\S+\.)?accelerators\.accelerator_type$/, accelerators],
    [/^resource google_container_\w+ (?:\S+\.)?node_config\.(?:boot_disk\.)?disk_type$/, bootDisks],
    [/^resource google_compute_disk type$|^resource google_compute_(?:instance|instance_from_template) (?:boot_disk|\S+)\.initialize_params\.type$|^resource google_compute_(?:region_)?instance_template disk\.disk_type$/, disks],
    [/^resource google_compute_region_disk type$/, plain('pd-balanced pd-ssd pd-standard hyperdisk-balanced-high-availability')],
    [/^resource google_container_\w+ (?:\S+\.)?node_config\.image_type$/, plain('COS_CONTAINERD UBUNTU_CONTAINERD WINDOWS_LTSC_CONTAINERD')],
    [/^resource google_container_\w+ (?:\S+\.)?gpu_driver_installation_config\.gpu_driver_version$/, [{ value: 'DEFAULT', detail: 'the driver for the GKE version' }, { value: 'LATEST', detail: 'the newest driver for the GKE version' }, { value: 'INSTALLATION_DISABLED', detail: 'installed by hand' }, { value: 'GPU_DRIVER_VERSION_UNSPECIFIED' }]],
    [/^resource google_container_\w+ (?:\S+\.)?gpu_sharing_config\.gpu_sharing_strategy$/, plain('TIME_SHARING MPS')],
    [/^resource google_container_\w+ (?:\S+\.)?guest_accelerator\.gpu_partition_size$/, plain('1g.5gb 2g.10gb 3g.20gb 7g.40gb 1g.10gb 1g.20gb 2g.20gb 3g.40gb 7g.80gb')],
    [/^resource google_container_cluster release_channel\.channel$/, plain('REGULAR RAPID STABLE EXTENDED UNSPECIFIED')],
    [/^resource google_container_\w+ (?:\S+\.)?taint\.effect$/, plain('NO_SCHEDULE PREFER_NO_SCHEDULE NO_EXECUTE')],
    [/^resource google_container_\w+ (?:\S+\.)?workload_metadata_config\.mode$/, plain('GKE_METADATA GCE_METADATA')],
    [/^resource google_container_cluster networking_mode$/, plain('VPC_NATIVE ROUTES')],
    [/^resource google_container_cluster datapath_provider$/, plain('ADVANCED_DATAPATH LEGACY_DATAPATH')],
    [/^resource google_container_\w+ (?:\S+\.)?placement_policy\.type$/, plain('COMPACT')],
    [/^resource google_compute_\w+ (?:\S+\.)?scheduling\.provisioning_model$/, [{ value: 'STANDARD' }, { value: 'SPOT' }, { value: 'RESERVATION_BOUND', detail: 'reserved accelerators' }]],
    [/^resource google_compute_\w+ (?:\S+\.)?scheduling\.on_host_maintenance$/, [{ value: 'MIGRATE' }, { value: 'TERMINATE', detail: 'machines with accelerators need it' }]],
    [/^resource google_compute_\w+ (?:\S+\.)?scheduling\.instance_termination_action$/, plain('STOP DELETE')],
    [/^resource google_tpu_v2_(?:vm|queued_resource) (?:\S+\.)?accelerator_type$/, tpuSlices],
    [/^resource google_tpu_v2_(?:vm|queued_resource) (?:\S+\.)?runtime_version$/, plain('v2-alpha-tpuv6e v2-alpha-tpuv5 v2-alpha-tpuv5-lite tpu-ubuntu2204-base')],
    [/^resource google_sql_database_instance settings\.availability_type$/, plain('ZONAL REGIONAL')],
    [/^resource google_sql_database_instance settings\.edition$/, plain('ENTERPRISE ENTERPRISE_PLUS')],
    [/^resource google_sql_database_instance settings\.disk_type$/, plain('PD_SSD PD_HDD HYPERDISK_BALANCED')],
    [/^resource google_kms_crypto_key purpose$/, plain('ENCRYPT_DECRYPT ASYMMETRIC_SIGN ASYMMETRIC_DECRYPT RAW_ENCRYPT_DECRYPT MAC')],
    [/^resource google_cloudfunctions2_function build_config\.runtime$|^resource google_cloudfunctions_function runtime$/, runtimes.concat(old(['python39', 'python38', 'nodejs18', 'go121', 'java11', 'dotnet6', 'ruby32', 'php81']))],
    [/^resource google_sql_database_instance settings\.tier$/, sqlTiers],
    [/^resource google_sql_database_instance database_version$/, versions.concat(old(['POSTGRES_12', 'POSTGRES_11', 'POSTGRES_10', 'POSTGRES_9_6', 'MYSQL_5_7', 'MYSQL_5_6', 'SQLSERVER_2017_STANDARD', 'SQLSERVER_2017_ENTERPRISE', 'SQLSERVER_2017_EXPRESS', 'SQLSERVER_2017_WEB']))],
    [/^resource google_storage_bucket(?:_object)? (?:\S+\.)?storage_class$/, plain('STANDARD NEARLINE COLDLINE ARCHIVE MULTI_REGIONAL REGIONAL DURABLE_REDUCED_AVAILABILITY').map((each, index) => (index > 3 ? { ...each, deprecated: true } : each))],
    [/^resource google_project_service service$/, services],
    [/^resource google_\w+_iam_(?:member|binding) role$/, roles, (arg) => /^google_(?:project|folder|organization)_iam/.test(arg.type)],
  ];
}

const services = 'compute container iam iamcredentials storage cloudresourcemanager serviceusage logging monitoring run artifactregistry cloudbuild cloudfunctions secretmanager sqladmin pubsub bigquery dns servicenetworking aiplatform notebooks tpu redis cloudkms eventarc workflows dataflow dataproc file certificatemanager apigateway billingbudgets cloudscheduler cloudtasks firestore spanner vpcaccess gkehub sts networkservices dataform alloydb batch'
  .split(' ')
  .map((each) => ({ value: `${each}.googleapis.com` }));
const roles = 'roles/viewer roles/editor roles/owner roles/browser roles/iam.serviceAccountUser roles/iam.serviceAccountTokenCreator roles/iam.workloadIdentityUser roles/storage.admin roles/storage.objectAdmin roles/storage.objectViewer roles/storage.objectCreator roles/artifactregistry.reader roles/artifactregistry.writer roles/container.admin roles/container.developer roles/container.defaultNodeServiceAccount roles/compute.admin roles/compute.viewer roles/compute.networkAdmin roles/compute.instanceAdmin.v1 roles/logging.logWriter roles/logging.viewer roles/monitoring.metricWriter roles/monitoring.viewer roles/secretmanager.secretAccessor roles/secretmanager.admin roles/run.invoker roles/run.admin roles/cloudsql.client roles/cloudsql.admin roles/bigquery.dataViewer roles/bigquery.dataEditor roles/bigquery.jobUser roles/bigquery.admin roles/pubsub.publisher roles/pubsub.subscriber roles/cloudkms.cryptoKeyEncrypterDecrypter roles/aiplatform.user roles/aiplatform.admin roles/cloudbuild.builds.builder roles/dns.admin'
  .split(' ')
  .map((value) => ({ value }));
