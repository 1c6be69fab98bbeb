/** A variable of the process; undefined if it is absent or empty. */
export const variable = (name: string): string | undefined => {
  const value = process.env[name];
  return value === '' ? undefined : value;
};
