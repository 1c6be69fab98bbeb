/**
 * The inline policy of a session: whatever the role may do, this session does no more than these actions.
 *
 * @param actions none: the session may do nothing at all. It only shows that the role can be assumed.
 * @param resource the role's own policy names the resources; narrower only where this session alone has to stay with one
 */
export function sessionPolicy(actions: readonly string[], resource = '*'): string {
  const statement =
    actions.length === 0
      ? { Effect: 'Deny', Action: '*', Resource: '*' }
      : { Effect: 'Allow', Action: actions, Resource: resource };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
