/** Whether a text is what a policy's pattern says, with `*` for any characters and `?` for one. */
export function fitsPattern(pattern: string, text: string): boolean {
  const expression = pattern
    .replaceAll(/[\\^$.|+()[\]{}]/gu, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'su').test(text);
}
