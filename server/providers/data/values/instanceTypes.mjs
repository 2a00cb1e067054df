import { readFileSync } from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);

/** Names and memory in GB as AWS states them in its pages on accelerated computing instances. */
const accelerators = {
  k80: ['NVIDIA K80', 'K80', 12],
  m60: ['NVIDIA Tesla M60', 'M60', 8],
  v100: ['NVIDIA V100', 'V100'],
  a100: ['NVIDIA A100', 'A100'],
  h100: ['NVIDIA H100', 'H100', 80],
  h200: ['NVIDIA H200', 'H200', 141],
  b200: ['NVIDIA B200', 'B200'],
  b300: ['NVIDIA B300', 'B300', 268],
  t4: ['NVIDIA T4', 'T4', 16],
  t4g: ['NVIDIA T4G', 'T4G', 16],
  a10g: ['NVIDIA A10G', 'A10G', 24],
  l4: ['NVIDIA L4', 'L4', 24],
  l40s: ['NVIDIA L40S', 'L40S', 48],
  'rtx-pro-4500': ['NVIDIA RTX PRO 4500', 'RTX PRO 4500', 32],
  'rtx-pro-server-6000': ['NVIDIA RTX PRO 6000 Server Edition', 'RTX PRO 6000', 96],
  'radeon-pro-v520': ['AMD Radeon Pro V520', 'Radeon Pro V520', 8],
  inferentia: ['AWS Inferentia', 'Inferentia', 8],
  inferentia2: ['AWS Inferentia2', 'Inferentia2', 32],
  trainium: ['AWS Trainium', 'Trainium', 32],
  trainium2: ['AWS Trainium2', 'Trainium2', 96],
  gaudi: ['Habana Gaudi', 'Gaudi', 32],
  'qualcomm-ai100': ['Qualcomm AI 100', 'AI 100', 16],
  fpga: ['Xilinx Virtex UltraScale+ FPGA', 'FPGA'],
};

/** AWS's list of previous generations, with those it has withdrawn from it since. */
const previousGenerations = new Set(
  'a1 c1 c3 c4 cc1 cc2 cg1 cr1 f1 g2 g3 g3s hi1 hs1 i2 m1 m2 m3 m4 p2 p3 p3dn r3 r4 t1'.split(' '),
);

/** Kinds in the order in which people look for them. */
const kinds = ['t', 'm', 'c', 'r', 'p', 'g', 'gr', 'trn', 'inf', 'dl', 'i', 'im', 'is', 'd', 'h', 'x', 'z', 'hpc', 'f', 'vt', 'u', 'mac'];
const sizes = ['nano', 'micro', 'small', 'medium', 'large', 'xlarge'];

const facts = readFacts();

function readFacts() {
  const found = new Map();
  let family = '';
  let architecture = '';
  for (const line of readFileSync(path.join(here, 'tables/ec2InstanceTypes.txt'), 'utf8').split('\n')) {
    if (line.startsWith('#') || line === '') continue;
    if (!line.startsWith(' ')) [family, architecture] = line.split(' ');
    else {
      const [size, cpus, memory, disk = '', network = '', efa = '', accelerator = ''] = line.trim().split(',');
      found.set(`${family}.${size}`, { architecture, cpus: Number(cpus), memory: Number(memory), disk: Number(disk), network: Number(network), efa: Number(efa), accelerator });
    }
  }
  return found;
}

/**
 * @param {readonly string[]} names of instance types; `prefix` and `suffix` surround the name of EC2's: `ml.`, `db.`, `.search`
 * @returns {{ value: string, detail?: string, documentation?: string, deprecated?: boolean }[]} in the order to offer them
 */
export function instanceTypes(names, { prefix = '', suffix = '' } = {}) {
  const bare = (name) => name.slice(prefix.length, name.length - suffix.length);
  return [...new Set(names)]
    .sort((a, b) => compareInstanceTypes(bare(a), bare(b)))
    .map((value) => {
      const type = bare(value);
      return {
        value,
        ...describe(type),
        ...(previousGenerations.has(type.slice(0, type.lastIndexOf('.'))) && { deprecated: true }),
      };
    });
}

/** By kind, newest generation first, then by size; previous generations last, and in a kind those that are only announced. */
export function compareInstanceTypes(a, b) {
  const [left, right] = [keyOf(a), keyOf(b)];
  for (let index = 0; index < left.length; index += 1) {
    if (left[index] !== right[index]) return left[index] < right[index] ? -1 : 1;
  }
  return 0;
}

function keyOf(name) {
  const dot = name.lastIndexOf('.');
  const [family, size] = [name.slice(0, dot), name.slice(dot + 1)];
  const [, kind = family, generation = '0', rest = ''] = /^([a-z]+)-?(\d*)(.*)$/.exec(family) ?? [];
  const rank = kinds.indexOf(kind);
  // What is so new that there are no facts about it is not what most people want first.
  return [previousGenerations.has(family) ? 1 : 0, rank < 0 ? kinds.length : rank, facts.has(name) ? 0 : 1, -Number(generation), rest.length, rest, sizeOf(size), size];
}

function sizeOf(size) {
  const times = /^(\d+)xlarge/.exec(size)?.[1];
  if (times !== undefined) return sizes.length + Number(times);
  if (size.startsWith('metal')) return 1000 + Number(/\d+/.exec(size)?.[0] ?? 0);
  const index = sizes.indexOf(size);
  return index < 0 ? 2000 : index;
}

function describe(type) {
  const known = facts.get(type);
  if (known === undefined) return {};
  const machine = `${known.cpus} vCPU · ${binary(known.memory)}`;
  if (known.accelerator === '') {
    return { detail: known.architecture === 'arm64' ? `${machine} · Arm` : machine };
  }
  const [key, count, mebibytes] = known.accelerator.split('/');
  const [full, short, stated] = accelerators[key];
  const share = Number(count) === 0;
  // AWS states 24 GB for an L4 whose driver reports 22,888 MiB; a share of one is stated in what it reports.
  const memory = share ? Math.round(mebibytes / 1024) : (stated ?? (Number(mebibytes) === 0 ? 0 : Math.round(mebibytes / 1024 + (key === 'b200' && mebibytes < 184000 ? 1 : 0))));
  const each = memory === 0 ? '' : ` ${memory} GB`;
  const number = share ? `1/${Math.round(22888 / mebibytes)} × ` : `${count} × `;
  return {
    detail: `${number}${short}${share ? '' : each} · ${machine}`,
    documentation: sentences({ known, full, number, memory, count: Number(count), share }),
  };
}

function sentences({ known, full, number, memory, count, share }) {
  const together = count > 1 && memory > 0 ? ` (${(count * memory).toLocaleString('en-US')} GB together)` : '';
  const what = share ? `${number}${full}, ${memory} GB of its memory` : `${number}${full}${memory > 0 ? ` with ${memory} GB${count > 1 ? ' each' : ''}${together}` : ''}`;
  const parts = [
    `**${what}**`,
    `${known.cpus} vCPUs (${known.architecture === 'arm64' ? 'Arm' : 'x86-64'}), ${binary(known.memory)} memory`,
    ...(known.network > 0 ? [`${(known.network / 1000).toLocaleString('en-US')} Gbit/s network${known.efa > 0 ? `, ${known.efa} EFA interface${known.efa > 1 ? 's' : ''}` : ''}`] : []),
    ...(known.disk > 0 ? [`${known.disk >= 1000 ? `${(known.disk / 1000).toLocaleString('en-US')} TB` : `${known.disk} GB`} local NVMe`] : []),
  ];
  return parts.join('  \n');
}

function binary(mebibytes) {
  const gibibytes = mebibytes / 1024;
  return gibibytes >= 2048 && gibibytes % 1024 === 0 ? `${gibibytes / 1024} TiB` : `${gibibytes.toLocaleString('en-US')} GiB`;
}
