/** What Step Functions gets to know of a function that has failed: its error's name, and the rest as JSON. */
export class FunctionError extends Error {
  constructor(error: unknown) {
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
    super(JSON.stringify({ errorType: name, errorMessage: message, trace: [] }), { cause: error });
    this.name = name;
  }
}
