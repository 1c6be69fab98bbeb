/** A template that declares the given parameters, each with its default if it has one. */
export function templateDeclaring(parameters: Readonly<Record<string, string | null>>): string {
  const declared: Record<string, object> = {};
  for (const [name, value] of Object.entries(parameters)) {
    declared[name] = { Type: 'String', ...(value === null ? {} : { Default: value }) };
  }
  return JSON.stringify({
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: declared,
    Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
  });
}
