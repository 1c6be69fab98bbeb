/** What a caller saw: an answer, or an error's name and HTTP status. */
export async function outcomeOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return masked(await call());
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    return { error: name, status: $metadata?.httpStatusCode };
  }
}

const identifiers: readonly (readonly [RegExp, string])[] = [
  [/\bcar-[a-z0-9]{8,32}\b/g, '<request>'],
  [/\bou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\b/g, '<unit>'],
  [/\br-[a-z0-9]{4,32}\b/g, '<root>'],
  [/\bo-[a-z0-9]{10,32}\b/g, '<organization>'],
  // moto writes them below instance/, AWS below permissionSet/ (IAM Identity Center API Reference, PermissionSetArn).
  [/\barn:aws:sso:::(?:permissionSet|instance)\/ssoins-[A-Za-z0-9]{16}\/ps-[A-Za-z0-9]{16}\b/g, '<permission set>'],
  [/\bssoins-[A-Za-z0-9]{16}\b/g, '<instance>'],
  [/\bd-[A-Za-z0-9]{10}\b/g, '<identity store>'],
  // Not the end of a uuid that happens to have no letter.
  [/(?<!-[0-9a-f]{4}-)\b\d{12}\b/g, '<account>'],
  [/\b(?:AROA|ARO)[A-Z0-9]{8,}\b/g, '<role id>'],
  [/\bANPA[A-Z0-9]{8,}\b|\bA[A-Z0-9]{20}\b/g, '<policy id>'],
  [/\b(?:ASIA|AKIA)[A-Z0-9]{16}\b/g, '<access key>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uuid>'],
];

/** Without metadata, and with ids, times and secrets replaced by words: what two models can agree on. */
function masked(value: unknown, key = ''): unknown {
  if (value instanceof Date) {
    return '<time>';
  }
  if (value instanceof Uint8Array) {
    return Buffer.from(value).toString('utf8');
  }
  if (Array.isArray(value)) {
    return value.map((item) => masked(item));
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([name, member]) => name !== '$metadata' && member !== undefined);
    return Object.fromEntries(members.map(([name, member]) => [name, masked(member, name)]));
  }
  if (typeof value !== 'string') {
    return value;
  }
  if (['SecretAccessKey', 'SessionToken', 'NextToken', 'Marker', 'UserId'].includes(key)) {
    return `<${key}>`;
  }
  return identifiers.reduce((text, [pattern, word]) => text.replace(pattern, word), value);
}
