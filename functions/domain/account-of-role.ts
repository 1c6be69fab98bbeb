/** The account of a role: `arn:aws:iam::333333333333:role/…`. */
export const accountOfRole = (roleArn: string): string => roleArn.split(':')[4] ?? '';
