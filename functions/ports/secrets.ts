/** Reads secrets; every implementation keeps what it has read. */
export interface Secrets {
  /**
   * The ExternalId that the service roles ask for.
   *
   * @param fresh read it again: after an AccessDenied it may have been rotated
   */
  externalId(fresh?: boolean): Promise<string>;
}
