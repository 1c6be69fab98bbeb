/** The role of a function is named as the function is; its app id, in the user agent, is the state alone. */
export const functionRoleName = (functionName: string): string => `vending-${functionName}`;
