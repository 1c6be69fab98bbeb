/** The AWS account that this application runs in. */
export interface OwnAccount {
  /**
   * Its id, by AWS's own word.
   *
   * @throws TransientError when AWS does not answer
   */
  id(): Promise<string>;
}
