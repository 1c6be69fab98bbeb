/** The roles of the other accounts that trust us. */
export interface ServiceRoles {
  /**
   * Whether the role lets us in. AWS answers "no such role", "not trusted" and "another ExternalId" in the same words, so a no tells
   * nothing more. The session that is made may do nothing.
   *
   * @param externalId `agreed`: the one of the secret; `none`: as somebody who does not know it
   */
  canEnter(roleArn: string, externalId: 'agreed' | 'none'): Promise<boolean>;
}
