/** What an error says of itself; of one that only says that something failed, the reason. */
export function errorMessage(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const { message } = cause.cause instanceof Error ? cause.cause : cause;
  return message === '' ? cause.name : message;
}

/** As a sentence, so that another one can follow it. */
export const asSentence = (text: string): string => (/[.!?]$/u.test(text) ? text : `${text}.`);
