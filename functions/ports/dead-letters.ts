/** Where events go that cannot be read: kept for a person, with what is wrong with them. */
export interface DeadLetters {
  send(letter: DeadLetter): Promise<void>;
}

export interface DeadLetter {
  /** The message as it came. */
  readonly body: string;
  readonly reason: string;
  /** The field that is at fault; `detail` when the whole is. */
  readonly field: string;
}
