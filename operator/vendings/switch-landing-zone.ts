import { VendingReplayedSchema } from '../../functions/api/responses';
import { LandingZoneStateSchema } from '../../functions/api/shadow-responses';
import type { CommandContext } from '../command-context';
import { OperatorError } from '../operator-error';
import { apiAnswer } from './api-answer';
import { shadowedTenants } from './shadow-report';

export interface SwitchOptions {
  readonly json: boolean;
  readonly apiUrl: string;
  readonly landingZone: string;
}

/**
 * `vendings act`: lets a landing zone act, and runs its shadowed tenants. Interrupted, it is called again:
 * those that have run are shadowed no more.
 */
export async function letAct(options: SwitchOptions, context: Pick<CommandContext, 'print'>): Promise<number> {
  return switched(options, 'act', context);
}

/** `vendings shadow`: sets a landing zone back. With `again`, its shadowed tenants are compared again. */
export async function setBack(
  options: SwitchOptions & { readonly again: boolean },
  context: Pick<CommandContext, 'print'>,
): Promise<number> {
  return switched(options, 'shadow', context, options.again);
}

async function switched(
  { json, apiUrl, landingZone }: SwitchOptions,
  mode: 'act' | 'shadow',
  { print }: Pick<CommandContext, 'print'>,
  runs = true,
): Promise<number> {
  const path = `/landing-zones/${encodeURIComponent(landingZone)}/mode`;
  const state = await apiAnswer(apiUrl, { method: 'POST', path, body: { mode } }, LandingZoneStateSchema);
  const { begun, left } = runs ? await runShadowed(apiUrl, landingZone) : { begun: [], left: [] };
  if (json) print(`${JSON.stringify({ landingZone: state, begun, left }, null, 2)}\n`);
  else {
    print(`${landingZone}: ${SENTENCES[mode]}\n`);
    if (runs) print(`${begun.length} of its shadowed tenants run now. \`vendings list\` shows how they stand.\n`);
    for (const { tenantUuid, why } of left) print(`${tenantUuid} was left: ${why}\n`);
  }
  return left.length === 0 ? 0 : 1;
}

const SENTENCES = {
  act: 'its runs change AWS from now on.',
  shadow: 'runs that begin from now on only tell what they would change; those under way go on.',
};

interface Left {
  readonly tenantUuid: string;
  readonly why: string;
}

/** One that cannot run now, because it is at work already or has just been deleted, stops no other. */
async function runShadowed(
  apiUrl: string,
  landingZone: string,
): Promise<{ readonly begun: readonly string[]; readonly left: readonly Left[] }> {
  const begun: string[] = [];
  const left: Left[] = [];
  for (const { tenantUuid } of await shadowedTenants(apiUrl, landingZone)) {
    const path = `/vendings/${encodeURIComponent(tenantUuid)}/replay`;
    try {
      await apiAnswer(apiUrl, { method: 'POST', path }, VendingReplayedSchema);
      begun.push(tenantUuid);
    } catch (cause) {
      if (!(cause instanceof OperatorError)) throw cause;
      left.push({ tenantUuid, why: cause.message });
    }
  }
  return { begun, left };
}
