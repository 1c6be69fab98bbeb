/** A number below 0 is a wrong value, and no option: so each option says itself what it may be. */
export const withNegativeValues = (args: readonly string[]): string[] =>
  args.reduce<string[]>((before, arg) => {
    const name = before.at(-1);
    const isValue = /^-\d/.test(arg) && name?.startsWith('--') === true && !name.includes('=');
    return isValue ? [...before.slice(0, -1), `${name}=${arg}`] : [...before, arg];
  }, []);
