import { RejectedError } from '../../functions/domain/base/errors';

/** The call is refused for good, with this in its reason and this in its remedy. */
export async function expectRejected(call: Promise<unknown>, reason: string, remedy: string): Promise<void> {
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RejectedError);
  expect((error as RejectedError).reason).toContain(reason);
  expect((error as RejectedError).remedy).toContain(remedy);
}
