/**
 * The inline policy of a session in a member account: whatever the access role may do there, this session does no more
 * than these actions.
 *
 * @param actions none: the session may do nothing at all. It only shows that the role can be assumed.
 */
export function sessionPolicy(actions: readonly string[]): string {
  const statement =
    actions.length === 0
      ? { Effect: 'Deny', Action: '*', Resource: '*' }
      : { Effect: 'Allow', Action: actions, Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
