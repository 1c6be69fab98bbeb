/** Reads secrets; every implementation keeps what it has read. */
export interface Secrets {
  /**
   * The ExternalId that the service roles ask for.
   *
   * @param fresh read it again: after an AccessDenied it may have been rotated
   */
  externalId(fresh?: boolean): Promise<string>;

  /**
   * The access token of a SCIM endpoint.
   *
   * @param fresh read it again: AWS's tokens end after a year, and somebody may have put a new one there
   */
  scimAccessToken(secretArn: string, fresh?: boolean): Promise<string>;
}
