import path from 'node:path';
import {
  LANDING_ZONES_FOLDER,
  PLATFORM_FILE,
  type Configuration,
} from '../../functions/domain/configuration/configuration';
import { parseDesiredState } from '../../functions/domain/desired-state/desired-state';
import type { Checked, Fault } from '../../functions/domain/base/fault';
import { judgeDesiredState } from '../../functions/domain/planning/judge-desired-state';
import { readConfiguration } from '../../infra/config';
import { readDesiredState } from '../../operator/order/read-desired-state';
import { faultCount, OperatorError } from '../../operator/operator-error';
import { projectRoot } from '../environment';

const SANDBOX_CONFIGURATION = path.join(projectRoot, 'sandbox', 'config');

export interface PlanOptions {
  readonly file: string;
  readonly platform: string | undefined;
  readonly landingZones: string | undefined;
}

/**
 * `account-vending plan`: the plan of a desired state, or of a whole event that carries one as `detail`. Offline, and
 * nothing is written.
 *
 * @throws OperatorError with all faults of files, configuration and desired state
 */
export function plan({ file, platform, landingZones }: PlanOptions): string {
  const configuration = readConfiguration(
    platform ?? path.join(SANDBOX_CONFIGURATION, PLATFORM_FILE),
    landingZones ?? path.join(SANDBOX_CONFIGURATION, LANDING_ZONES_FOLDER),
  );
  const input = readDesiredState(file);
  if (!input.ok || !configuration.ok) throw unusable(input, configuration);
  const judged = judgeDesiredState(desiredStateIn(input.value), configuration.value);
  if (judged.ok) return `${JSON.stringify(judged.value.plan, null, 2)}\n`;
  const detail = `${file} cannot be vended: ${faultCount(judged.faults)}. Nothing was written.`;
  throw failed('invalid-desired-state', detail, judged.faults);
}

function unusable(input: Checked<unknown>, configuration: Checked<Configuration>): OperatorError {
  const inInput = input.ok ? faultsIn(parseDesiredState(desiredStateIn(input.value))) : input.faults;
  const faults = [...faultsIn(configuration), ...inInput];
  const kind = configuration.ok ? 'invalid-desired-state' : 'invalid-configuration';
  return failed(kind, `There is no plan: ${faultCount(faults)}.`, faults);
}

/** EventBridge wraps a desired state as `detail`. */
function desiredStateIn(content: unknown): unknown {
  const isEvent = typeof content === 'object' && content !== null && 'detail' in content && !('tenant' in content);
  return isEvent ? content.detail : content;
}

const TITLES = {
  'invalid-configuration': 'The configuration cannot be used',
  'invalid-desired-state': 'The desired state cannot be vended',
} as const;

const failed = (kind: keyof typeof TITLES, detail: string, faults: readonly Fault[]): OperatorError =>
  new OperatorError(detail, { type: `urn:account-vending:problem:${kind}`, title: TITLES[kind], status: 422 }, faults);

const faultsIn = (checked: Checked<unknown>): readonly Fault[] => (checked.ok ? [] : checked.faults);
