/** The local AWS cannot be had as it is: the message is one sentence of what is wrong, then what a person can do. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
}
