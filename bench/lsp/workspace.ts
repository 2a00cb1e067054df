import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Random } from '../../test/hcl/random';
import { terraformFile } from '../corpus/terraformFile';

/** A workspace that was written for the benchmark, and where to look in it. */
export interface GeneratedWorkspace {
  readonly folder: string;
  readonly files: number;
  readonly characters: number;
  /** A file of a module in the middle: it calls others and others call it. */
  readonly edited: string;
  /** A variable of this module is set by many callers. */
  readonly popular: string;
}

const modulesPerRoot = 20;

/**
 * Writes a workspace of `modules` modules and `files` files of about 2.5 kB: roots that call modules that call modules,
 * eight deep, with resources of AWS and Google. The same seed gives the same files.
 */
export function writeWorkspace(
  folder: string,
  { modules, files, seed }: { readonly modules: number; readonly files: number; readonly seed: number },
): GeneratedWorkspace {
  const random = new Random(seed);
  const perModule = Math.max(4, Math.floor(files / modules));
  let characters = 0;
  let count = 0;
  const write = (file: string, text: string) => {
    writeFileSync(file, text);
    characters += text.length;
    count += 1;
  };
  const names = Array.from({ length: modules }, (_, index) => nameOf(index));
  const popular = path.join(folder, names[modulesPerRoot - 1] ?? '');
  names.forEach((name, index) => {
    const own = path.join(folder, name);
    mkdirSync(own, { recursive: true });
    write(path.join(own, 'variables.tf'), variables());
    write(path.join(own, 'outputs.tf'), outputs());
    write(
      path.join(own, 'main.tf'),
      mainFile(
        own,
        calledBy(index, names).map((each) => path.join(folder, each)),
        popular,
      ),
    );
    for (let extra = 3; extra < perModule; extra += 1) {
      const resources = extra % 2 === 0 ? awsResource(extra) : googleResource(extra);
      const rest = terraformFile(random, 1400 + random.below(1600)).replaceAll(
        /"(\w+)" "(\w+)"/g,
        `"$1" "$2_${extra}"`,
      );
      write(path.join(own, `part_${extra}.tf`), `${resources}\n${rest}`);
    }
  });
  return {
    folder,
    files: count,
    characters,
    edited: path.join(folder, names[modulesPerRoot + 3] ?? '', 'main.tf'),
    popular,
  };
}

/** Every twentieth module is a root; the others lie in its folder. */
function nameOf(index: number): string {
  const root = `root_${Math.floor(index / modulesPerRoot)}`;
  return index % modulesPerRoot === 0 ? root : path.join(root, 'modules', `m_${index % modulesPerRoot}`);
}

/** A root calls three modules; each module calls the next one but one, so that the tree is about eight deep. */
function calledBy(index: number, names: readonly string[]): string[] {
  const place = index % modulesPerRoot;
  const steps = place === 0 ? [1, 2, 3] : place + 2 < modulesPerRoot ? [2] : [];
  return steps.flatMap((step) => names[index + step] ?? []);
}

function mainFile(own: string, called: readonly string[], popular: string): string {
  const blocks = called.map((each, index) => call(own, each, `child_${index}`));
  if (own !== popular) blocks.push(call(own, popular, 'shared'));
  return `terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
    google = {
      source = "hashicorp/google"
    }
  }
}

locals {
  prefix = "\${var.name}-\${var.environment}"
}

resource "aws_instance" "main" {
  ami           = var.ami
  instance_type = "t3.micro"
  tags = {
    Name = local.prefix
  }
}

${blocks.join('\n')}`;
}

function call(from: string, to: string, name: string): string {
  const source = path.relative(from, to).split(path.sep).join('/');
  return `module "${name}" {
  source      = "${source.startsWith('.') ? source : `./${source}`}"
  name        = local.prefix
  environment = var.environment
  ami         = var.ami
}
`;
}

function variables(): string {
  return ['name', 'environment', 'ami']
    .map(
      (name) =>
        `variable "${name}" {\n  type        = string\n  description = "What to use for ${name}."\n}\n`,
    )
    .join('\n');
}

function outputs(): string {
  return 'output "id" {\n  value = aws_instance.main.id\n}\n\noutput "prefix" {\n  value = local.prefix\n}\n';
}

function awsResource(index: number): string {
  return `resource "aws_s3_bucket" "bucket_${index}" {\n  bucket = "\${local.prefix}-${index}"\n}\n\nresource "aws_iam_role" "role_${index}" {\n  name               = local.prefix\n  assume_role_policy = jsonencode({ Version = "2012-10-17" })\n}\n`;
}

function googleResource(index: number): string {
  return `resource "google_storage_bucket" "bucket_${index}" {\n  name     = "\${local.prefix}-${index}"\n  location = "EU"\n}\n`;
}
