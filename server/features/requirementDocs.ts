import { documentationUrl } from '../providers/documentationUrl';
import type { Module } from '../terraform/model';
import { shortSource, sourceOf } from '../terraform/providerSource';
import { code, paragraphs } from './documentation';
import type { Markdown } from './documentation';
import { provenanceText } from './providerSchemas';
import { lockedVersions, schemaDirectories, versionGap } from './schemaPlaces';
import type { Snapshot } from './snapshot';

/** A provider as a module knows it: its source, the versions that are asked for and locked, and whose schema is used. */
export function requirementDocs(snapshot: Snapshot, module: Module, local: string): Markdown {
  const source = sourceOf(local, module);
  const asked = module.requirements.find(({ name }) => name === local)?.version;
  const locked = lockedVersions(snapshot, module).get(source);
  const provenance = snapshot.schemas.provider(source, schemaDirectories(snapshot, module))?.provenance;
  const gap = provenance === undefined ? undefined : versionGap(snapshot, module, provenance);
  const version = locked ?? provenance?.version ?? '';
  const page = documentationUrl({ source, version }, 'provider', '');
  const facts = [
    asked === undefined ? 'Any version will do.' : `Asked for: \`${asked}\`.`,
    locked === undefined ? '' : `Locked: \`${locked}\`.`,
  ].filter((fact) => fact !== '');
  return paragraphs(
    code(`provider ${shortSource(source)}`),
    facts.join(' '),
    provenance === undefined
      ? 'Terratrain has no schema of this provider. After `terraform init` it reads that of the installed one.'
      : `_Schema: ${provenanceText(provenance)}_${gap === undefined ? '' : ` ${gap}`}`,
    page === undefined ? '' : `[Documentation](${page})`,
  );
}
