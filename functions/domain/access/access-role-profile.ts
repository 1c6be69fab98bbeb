import * as z from 'zod/mini';

/**
 * What the access role keeps at the end of a run.
 *
 * - `meshstack`: the final policy of meshcloud's document. The role may change its own policies, and so become
 *   administrator again.
 * - `sealed`: what later runs need, under a permissions boundary that the role can neither change nor evade.
 */
export const AccessRoleProfileSchema = z.enum(['meshstack', 'sealed']);

export type AccessRoleProfile = z.infer<typeof AccessRoleProfileSchema>;
