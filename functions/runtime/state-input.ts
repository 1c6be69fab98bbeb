import * as z from 'zod/mini';

const StackSetInputSchema = z.object({ stackSet: z.string() });

/** Which stack set an iteration of the Map RollOutStackSets is about. */
export function stackSetIn(input: unknown): string {
  return StackSetInputSchema.parse(input).stackSet;
}

const FoundSchema = z.object({ accountThere: z.boolean(), accountOpen: z.boolean() });

const GuardedSchema = z.object({ results: z.object({ GuardAccount: FoundSchema }) });

/**
 * What GuardAccount has found of an account that is taken out of use. Undefined where it has not looked: there is none,
 * or it is vended.
 */
export const guardedIn = (input: unknown): Readonly<z.infer<typeof FoundSchema>> | undefined =>
  GuardedSchema.safeParse(input).data?.results.GuardAccount;

const EnsuredSchema = z.object({
  results: z.object({ EnsureWorkspaceUnit: z.object({ organizationalUnitId: z.string() }) }),
});

/**
 * The unit that EnsureWorkspaceUnit has found or made. It is not in the plan, which was decided and hashed before that.
 */
export const workspaceUnitIn = (input: unknown): string | undefined =>
  EnsuredSchema.safeParse(input).data?.results.EnsureWorkspaceUnit.organizationalUnitId;

const OpenedSchema = z.object({ results: z.object({ OpenAccount: z.object({ waitSeconds: z.number() }) }) });

/** How long the roles that OpenAccount has made are left alone, from its end on. Undefined in a closing. */
export const openedIn = (input: unknown): number | undefined =>
  OpenedSchema.safeParse(input).data?.results.OpenAccount.waitSeconds;
