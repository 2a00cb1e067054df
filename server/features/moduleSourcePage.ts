import path from 'node:path';

/**
 * The page in a browser of a module's source: the registry's for `NAMESPACE/NAME/PROVIDER`, the repository's for git.
 * `version` counts where it is one version and no range. `undefined` for what no browser shows.
 */
export function moduleSourcePage(source: string, version?: string): string | undefined {
  return registryPage(source, version) ?? repositoryPage(source);
}

function registryPage(source: string, version: string | undefined): string | undefined {
  const match = /^(?:registry\.terraform\.io\/)?([\w-]+\/[\w-]+\/[\w-]+)(?:\/\/(.+))?$/.exec(source);
  if (match?.[1] === undefined || /^(github\.com|bitbucket\.org)\//.test(source)) return undefined;
  const sub = match[2] === undefined ? '' : `/submodules/${path.posix.basename(match[2])}`;
  const exact = /^=?\s*(\d+\.\d+\.\d+\S*)$/.exec(version ?? '')?.[1] ?? 'latest';
  return `https://registry.terraform.io/modules/${match[1]}/${exact}${sub}`;
}

/** `git::https://host/x.git//sub?ref=v1`, `git@host:x/y.git`, `github.com/x/y//sub`, `https://host/x.zip`. */
function repositoryPage(source: string): string | undefined {
  const [address = '', query = ''] = source.replace(/^(git|hg|http|https)::/, '').split('?');
  const shell = /^(?:ssh:\/\/)?(?:[\w-]+@)([\w.-]+)[:/](.+)$/.exec(address);
  const plain = shell === null ? address.replace(/^https?:\/\//, '') : `${shell[1] ?? ''}/${shell[2] ?? ''}`;
  const isAddress =
    shell !== null || /^https?:\/\//.test(address) || /^(github\.com|bitbucket\.org)\//.test(address);
  if (!isAddress || plain.includes('@')) return undefined;
  const [repository = '', ...inside] = plain.split('//');
  const [host = ''] = repository.split('/');
  const base = `https://${repository.replace(/\.git$/, '')}`;
  const sub = inside.join('/');
  const ref = new URLSearchParams(query).get('ref') ?? '';
  if (ref === '' && sub === '') return base;
  const tree = treeFolders[host];
  return tree === undefined
    ? base
    : [base, tree, ref === '' ? 'HEAD' : ref, sub].filter((part) => part !== '').join('/');
}

/** Where the sites of repositories show a folder at a commit. */
const treeFolders: Readonly<Record<string, string>> = {
  'github.com': 'tree',
  'gitlab.com': '-/tree',
  'bitbucket.org': 'src',
};
