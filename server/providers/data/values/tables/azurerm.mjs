/** Regions of Azure's public cloud by the name that APIs use, from its page "Azure regions list". */
const regionNames = `eastus East US
eastus2 East US 2
centralus Central US
northcentralus North Central US
southcentralus South Central US
westcentralus West Central US
westus West US
westus2 West US 2
westus3 West US 3
canadacentral Canada Central
canadaeast Canada East
mexicocentral Mexico Central
brazilsouth Brazil South
brazilsoutheast Brazil Southeast
chilecentral Chile Central
northeurope North Europe (Ireland)
westeurope West Europe (Netherlands)
uksouth UK South
ukwest UK West
francecentral France Central
francesouth France South
germanywestcentral Germany West Central
germanynorth Germany North
switzerlandnorth Switzerland North
switzerlandwest Switzerland West
swedencentral Sweden Central
norwayeast Norway East
norwaywest Norway West
polandcentral Poland Central
italynorth Italy North
spaincentral Spain Central
austriaeast Austria East
belgiumcentral Belgium Central
australiaeast Australia East
australiasoutheast Australia Southeast
australiacentral Australia Central
australiacentral2 Australia Central 2
newzealandnorth New Zealand North
eastasia East Asia (Hong Kong)
southeastasia Southeast Asia (Singapore)
japaneast Japan East
japanwest Japan West
koreacentral Korea Central
koreasouth Korea South
centralindia Central India
southindia South India
westindia West India
indonesiacentral Indonesia Central
malaysiawest Malaysia West
uaenorth UAE North
uaecentral UAE Central
qatarcentral Qatar Central
israelcentral Israel Central
southafricanorth South Africa North
southafricawest South Africa West`;

export const locations = regionNames.split('\n').map((line) => ({ value: line.slice(0, line.indexOf(' ')), detail: line.slice(line.indexOf(' ') + 1) }));

const to64 = '2 4 8 16 32 48 64';
const to96 = '2 4 8 16 32 48 64 96';
const withE20 = '2 4 8 16 20 32 48 64 96';
/** Sizes of Azure's series: "#" stands for the number of vCPUs; GiB of memory for each where that is a constant. From "Sizes for virtual machines". */
const series = [
  ['Standard_D#s_v5', to96, 4], ['Standard_D#ds_v5', to96, 4], ['Standard_D#as_v5', to96, 4], ['Standard_D#ads_v5', to96, 4], ['Standard_D#_v5', to96, 4], ['Standard_D#d_v5', to96, 4],
  ['Standard_D#s_v6', `${to96} 128`, 4], ['Standard_D#ds_v6', `${to96} 128`, 4], ['Standard_D#as_v6', to96, 4], ['Standard_D#ads_v6', to96, 4],
  ['Standard_D#ls_v5', to96, 2], ['Standard_D#lds_v5', to96, 2], ['Standard_D#ls_v6', `${to96} 128`, 2], ['Standard_D#lds_v6', `${to96} 128`, 2], ['Standard_D#als_v6', to96, 2], ['Standard_D#alds_v6', to96, 2],
  ['Standard_D#ps_v5', to64, 4, 'Arm'], ['Standard_D#pds_v5', to64, 4, 'Arm'], ['Standard_D#pls_v5', to64, 2, 'Arm'], ['Standard_D#ps_v6', to96, 4, 'Arm'], ['Standard_D#pds_v6', to96, 4, 'Arm'],
  ['Standard_D#s_v4', to64, 4], ['Standard_D#ds_v4', to64, 4], ['Standard_D#as_v4', to96, 4], ['Standard_D#_v4', to64, 4], ['Standard_D#s_v3', to64, 4], ['Standard_D#_v3', to64, 4],
  ['Standard_E#s_v5', withE20], ['Standard_E#ds_v5', withE20], ['Standard_E#as_v5', withE20], ['Standard_E#ads_v5', withE20],
  ['Standard_E#s_v6', withE20], ['Standard_E#ds_v6', withE20], ['Standard_E#as_v6', withE20], ['Standard_E#ads_v6', withE20],
  ['Standard_E#s_v4', '2 4 8 16 20 32 48 64'], ['Standard_E#ds_v4', '2 4 8 16 20 32 48 64'], ['Standard_E#s_v3', '2 4 8 16 20 32 48 64'],
  ['Standard_F#s_v2', '2 4 8 16 32 48 64 72', 2], ['Standard_F#as_v6', '2 4 8 16 32 48 64', 4], ['Standard_F#als_v6', '2 4 8 16 32 48 64', 2], ['Standard_F#ams_v6', '2 4 8 16 32 48 64', 8],
  ['Standard_L#s_v3', '8 16 32 48 64 80', 8], ['Standard_L#as_v3', '8 16 32 48 64 80', 8], ['Standard_L#s_v2', '8 16 32 48 64 80', 8],
];

/** Sizes with their own numbers: vCPUs, GiB. */
const burstable = `Standard_B1ls 1 0.5
Standard_B1s 1 1
Standard_B1ms 1 2
Standard_B2s 2 4
Standard_B2ms 2 8
Standard_B4ms 4 16
Standard_B8ms 8 32
Standard_B12ms 12 48
Standard_B16ms 16 64
Standard_B20ms 20 80
Standard_B2ts_v2 2 1
Standard_B2ls_v2 2 4
Standard_B2s_v2 2 8
Standard_B4ls_v2 4 8
Standard_B4s_v2 4 16
Standard_B8ls_v2 8 16
Standard_B8s_v2 8 32
Standard_B16ls_v2 16 32
Standard_B16s_v2 16 64
Standard_B32ls_v2 32 64
Standard_B32s_v2 32 128
Standard_B2ats_v2 2 1
Standard_B2als_v2 2 4
Standard_B2as_v2 2 8
Standard_B4als_v2 4 8
Standard_B4as_v2 4 16
Standard_B8als_v2 8 16
Standard_B8as_v2 8 32
Standard_DS1_v2 1 3.5
Standard_DS2_v2 2 7
Standard_DS3_v2 4 14
Standard_DS4_v2 8 28
Standard_DS5_v2 16 56`;

/** Sizes with accelerators: vCPUs, GiB, number (or share), model, GB of each. From "GPU - accelerated compute". */
const accelerated = `Standard_ND128isr_NDR_GB200_v6 128 900 4 GB200 192
Standard_ND96isr_H200_v5 96 1850 8 H200 141
Standard_ND96isr_H100_v5 96 1900 8 H100 80
Standard_ND96isr_MI300X_v5 96 1850 8 MI300X 192
Standard_ND96amsr_A100_v4 96 1900 8 A100 80
Standard_ND96asr_v4 96 900 8 A100 40
Standard_NC40ads_H100_v5 40 320 1 H100_NVL 94
Standard_NC80adis_H100_v5 80 640 2 H100_NVL 94
Standard_NCC40ads_H100_v5 40 320 1 H100_NVL 94
Standard_NC24ads_A100_v4 24 220 1 A100 80
Standard_NC48ads_A100_v4 48 440 2 A100 80
Standard_NC96ads_A100_v4 96 880 4 A100 80
Standard_NC4as_T4_v3 4 28 1 T4 16
Standard_NC8as_T4_v3 8 56 1 T4 16
Standard_NC16as_T4_v3 16 110 1 T4 16
Standard_NC64as_T4_v3 64 440 4 T4 16
Standard_NV6ads_A10_v5 6 55 1/6 A10 4
Standard_NV12ads_A10_v5 12 110 1/3 A10 8
Standard_NV18ads_A10_v5 18 220 1/2 A10 12
Standard_NV36ads_A10_v5 36 440 1 A10 24
Standard_NV36adms_A10_v5 36 880 1 A10 24
Standard_NV72ads_A10_v5 72 880 2 A10 24
Standard_ND40rs_v2 40 672 8 V100 32 old
Standard_NC6s_v3 6 112 1 V100 16 old
Standard_NC12s_v3 12 224 2 V100 16 old
Standard_NC24s_v3 24 448 4 V100 16 old
Standard_NC24rs_v3 24 448 4 V100 16 old
Standard_NV12s_v3 12 112 1 M60 8 old
Standard_NV24s_v3 24 224 2 M60 8 old
Standard_NV48s_v3 48 448 4 M60 8 old`.split('\n').map((line) => {
  const [value, cpus, memory, count, model, each, old] = line.split(' ');
  const name = model.replaceAll('_', ' ');
  const maker = name === 'MI300X' ? 'AMD' : 'NVIDIA';
  const size = `${Number(memory).toLocaleString('en-US')} GiB`;
  const together = Number(count) > 1 ? ` each (${(count * each).toLocaleString('en-US')} GB together)` : '';
  return {
    value,
    detail: `${count} × ${name} ${each} GB · ${cpus} vCPU · ${size}`,
    documentation: `**${count} × ${maker} ${name} with ${each} GB${together}**  \n${cpus} vCPUs, ${size} memory`,
    ...(old && { deprecated: true }),
  };
});

const ordinary = series.flatMap(([pattern, sizes, perCpu, other]) =>
  sizes.split(' ').map((cpus) => {
    const arm = other === 'Arm' ? ' · Arm' : '';
    // The largest of the E series have less than 8 GiB for each vCPU.
    const memory = perCpu ?? (pattern.startsWith('Standard_E') && Number(cpus) <= 48 ? 8 : undefined);
    return { value: pattern.replace('#', cpus), detail: `${cpus} vCPU${memory === undefined ? '' : ` · ${cpus * memory} GiB`}${arm}` };
  }),
);
export const vmSizes = [
  ...burstable.split('\n').map((line) => {
    const [value, cpus, memory] = line.split(' ');
    return { value, detail: `${cpus} vCPU · ${memory} GiB` };
  }),
  ...ordinary,
  // So new that only the number of accelerators is certain.
  { value: 'Standard_ND128isr_GB300_v6', detail: '4 × GB300' },
  ...accelerated.filter((each) => !each.deprecated),
  ...accelerated.filter((each) => each.deprecated),
];

const zones = ['1', '2', '3'].map((value) => ({ value }));
const databaseSizes = [
  ...['B1ms', 'B2s', 'B2ms', 'B4ms', 'B8ms', 'B12ms', 'B16ms', 'B20ms'].map((size) => `B_Standard_${size}`),
  ...['D#ds_v5', 'D#ads_v5', 'D#ds_v4', 'D#s_v3'].flatMap((each) => [2, 4, 8, 16, 32, 48, 64].map((cpus) => `GP_Standard_${each.replace('#', cpus)}`)),
  ...['E#ds_v5', 'E#ads_v5', 'E#ds_v4', 'E#s_v3'].flatMap((each) => [2, 4, 8, 16, 20, 32, 48, 64].filter((cpus) => cpus !== 20 || !each.includes('s_v3')).map((cpus) => `MO_Standard_${each.replace('#', cpus)}`)),
].map((value) => ({ value }));

/** Values by hand: patterns of "type path" and what they take. The first that matches wins over everything mined. */
export function azurermTable() {
  return [
    [/^\w+ \S+ (?:\S+\.)?(?:location|locations|primary_location|secondary_location|failover_location)$/, locations, (arg) => /location/.test(arg.path) && !/git|endpoint|storage_uri|sftp/.test(arg.path) && !/api_management_gateway|data_factory|express_route_circuit|express_route_port|mobile_network|private_link|extended_location/.test(arg.type)],
    [/^resource azurerm_(?:linux_virtual_machine|windows_virtual_machine|dev_test_(?:linux|windows)_virtual_machine|virtual_machine) (?:size|vm_size)$/, vmSizes],
    [/^resource azurerm_(?:linux|windows)_virtual_machine_scale_set sku$|^resource azurerm_orchestrated_virtual_machine_scale_set sku_name$/, vmSizes],
    [/^resource azurerm_(?:kubernetes_cluster|kubernetes_cluster_node_pool|kubernetes_fleet_manager|batch_pool|machine_learning_compute_cluster|redhat_openshift_cluster|service_fabric_managed_cluster) (?:\S+\.)?vm_size$/, vmSizes],
    [/^resource azurerm_machine_learning_compute_instance virtual_machine_size$|^resource azurerm_machine_learning_inference_cluster vm_size$/, vmSizes],
    [/^resource azurerm_\w+ zones?$|^resource azurerm_kubernetes_cluster default_node_pool\.zones$/, zones],
    [/^resource azurerm_postgresql_flexible_server sku_name$/, databaseSizes],
  ];
}
