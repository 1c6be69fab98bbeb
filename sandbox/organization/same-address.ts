/** Whether two e-mail addresses are one to AWS, which makes nothing of capital letters. */
export const isSameAddress = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
