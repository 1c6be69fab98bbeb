/** A command cannot do what it was asked for; the message says what a person can do. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}
