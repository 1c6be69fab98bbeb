import type { Rollout, RolloutTenants } from '../../functions/api/rollout-responses';

/** What a plan comes to: the groups of tenants in which the same changes, and those that need a look. */
export function planText(rollout: Rollout, tenants: RolloutTenants['tenants']): string {
  const { changing, unchanged, refused, leftAlone, groups, severe, reason } = rollout;
  const groupLines = groups.map(
    ({ kinds, tenants: count, example }) =>
      `  ${String(count).padStart(6)}  ${kinds.join(', ')} (such as ${example})\n`,
  );
  const { removesAccess, movesUnit, removesStackSet } = severe;
  const severeLine =
    removesAccess + movesUnit + removesStackSet === 0
      ? ''
      : `Severe: access is removed in ${removesAccess}, ${movesUnit} accounts are moved, a stack set is removed in ${removesStackSet}.\n`;
  const refusedTenants = tenants.filter(({ state }) => state === 'REFUSED');
  return [
    `${rollout.id}: ${changing} tenants change, ${unchanged} need no change, ${refused} cannot be planned, ${leftAlone} are left alone.\n`,
    landingZoneLine(rollout),
    ...groupLines,
    severeLine,
    tenantsText(refusedTenants),
    reason === null ? '' : `${reason}\n`,
  ].join('');
}

function landingZoneLine({ landingZone, secondsLeft }: Rollout): string {
  if (landingZone === undefined) return '';
  const { version, baselineVersion, units, single } = landingZone;
  const { length } = units.filter(({ behind }) => behind > 0);
  return `Landing zone ${version}, baseline ${baselineVersion}: ${length} ${length === 1 ? 'unit' : 'units one after the other'}, ${single} accounts one by one${timeLeft(secondsLeft)}.\n`;
}

const timeLeft = (seconds: number | undefined): string =>
  seconds === undefined ? '' : `, about ${(seconds / 3600).toFixed(1)} hours`;

/** One line for each tenant, and one for each of its changes. */
export const tenantsText = (tenants: RolloutTenants['tenants']): string =>
  tenants
    .map(({ tenantUuid, workspaceIdentifier, projectIdentifier, accountId, wave, state, refusal, reason, changes }) => {
      const head = `${tenantUuid} ${workspaceIdentifier}.${projectIdentifier} (${accountId ?? '-'}), wave ${wave}: ${state}\n`;
      const lines = (changes ?? []).map(
        (one) => `    ${one.state}: ${one.what} ${one.from ?? '-'} -> ${one.to ?? '-'}\n`,
      );
      const why = refusal === null ? reason : `${refusal.message} ${refusal.remedy ?? ''}`.trim();
      return [head, ...lines, ...(why === null ? [] : [`    ${why}\n`])].join('');
    })
    .join('');

/** How far it has come. */
export function progressLine(rollout: Rollout): string {
  const { id, kind, status, wave, done, running, failed, overtaken, unexpected, secondsLeft } = rollout;
  const place = wave === 0 ? 'canary' : `wave ${wave}`;
  const odd = unexpected === 0 ? '' : `, ${unexpected} with unexpected changes`;
  const left = status === 'RUNNING' ? timeLeft(secondsLeft) : '';
  const what = kind === 'landing-zone' ? ' landing zone' : '';
  return `${id}${what} ${status}, ${place}: ${done} done, ${running} running, ${failed} failed, ${overtaken} overtaken${odd}${left}\n`;
}
