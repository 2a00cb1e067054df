/** The sandbox cannot stand in for this configuration; the message says why and what to do. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
}
