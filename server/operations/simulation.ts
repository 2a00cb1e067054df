/** What a sandbox session plays, in the words of its room. */
export interface Simulation {
  /** `aws 6.66.0, random 3.7.2` */
  readonly providers: string;
  /** Sentences. */
  readonly notices: readonly string[];
  readonly scenarioFiles: readonly string[];
  /** Addresses. */
  readonly silencedProvisioners: readonly string[];
}

/**
 * What differs from a real run, a line for each, for a person to read before the plan.
 *
 * @param howToRun how the provisioners that are silent can be made to run: `--allow-provisioners runs them`
 */
export function describeSimulation(simulation: Simulation, howToRun: string): readonly string[] {
  const { providers, notices, scenarioFiles, silencedProvisioners } = simulation;
  const lines = [`simulated ${providers}. Nothing real is created or changed.`, ...notices];
  if (scenarioFiles.length > 0) lines.push(`scenario ${scenarioFiles.join(', ')} is played.`);
  if (silencedProvisioners.length > 0) {
    lines.push(`provisioners do not run (${silencedProvisioners.join(', ')}); ${howToRun}.`);
  }
  return lines.map((line) => `sandbox: ${line}`);
}
