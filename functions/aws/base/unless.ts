/** Undefined where the call is refused because things are so already. */
export async function unless<Answer>(
  isSo: (error: unknown) => boolean,
  call: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isSo(error)) return undefined;
    throw error;
  }
}
