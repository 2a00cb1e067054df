/** What a sandbox session plays, as far as a person is told. */
export interface Simulation {
  readonly providers: readonly unknown[];
  /** Sentences. */
  readonly notices: readonly string[];
  readonly scenarioFiles: readonly string[];
  /** Addresses. */
  readonly silencedProvisioners: readonly string[];
}

/**
 * What differs from a real run, a line for each, for a person to read before the plan.
 *
 * @param words.providers names and versions: `aws 6.66.0, random 3.7.2`
 * @param words.howToRun how the provisioners that are silent can be made to run: `--allow-provisioners runs them`
 */
export function describeSimulation(
  simulation: Simulation,
  words: { readonly providers: string; readonly howToRun: string },
): readonly string[] {
  const { providers, notices, scenarioFiles, silencedProvisioners } = simulation;
  const simulated = providers.length === 0 ? 'no provider is needed' : `simulated ${words.providers}`;
  const lines = [`${simulated}. Nothing real is created or changed.`, ...notices];
  const [first, ...more] = scenarioFiles;
  if (first !== undefined) {
    lines.push(
      more.length === 0
        ? `scenario ${first} is played.`
        : `scenarios ${scenarioFiles.join(', ')} are played.`,
    );
  }
  if (silencedProvisioners.length > 0) {
    lines.push(`provisioners do not run (${silencedProvisioners.join(', ')}); ${words.howToRun}.`);
  }
  return lines.map((line) => `sandbox: ${line}`);
}
