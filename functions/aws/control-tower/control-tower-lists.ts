import * as z from 'zod/mini';

import type { AwsSettings } from '../base/aws-settings';
import type { ControlTowerCall, ControlTowerOperation } from './control-tower-client';

/** A baseline on a unit or an account. */
export interface EnabledBaseline {
  readonly arn: string;
  /** Null where Control Tower does not name it. */
  readonly name: string | null;
  /** Absent where Control Tower does not say. */
  readonly baselineVersion?: string | undefined;
  readonly targetIdentifier: string;
  /** For an account: the enabled baseline of the unit that it is inherited from. */
  readonly parentIdentifier: string | null;
  readonly status: string;
  /** Whether it does not match what its unit has, as after a move by hand. */
  readonly isDrifted: boolean;
  /** The last operation on it, where Control Tower tells. */
  readonly operationId: string | null;
}

/** Five of each at most. */
export interface BaselineFilter {
  readonly targetIdentifiers?: readonly string[];
  readonly parentIdentifiers?: readonly string[];
}

/** The lists of Control Tower, to their ends: a page may be empty and still not be the last. */
export class ControlTowerLists {
  readonly #call: ControlTowerCall;
  readonly settings: AwsSettings;

  constructor(call: ControlTowerCall, settings: AwsSettings) {
    this.#call = call;
    this.settings = settings;
  }

  async enabledBaselines(filter: BaselineFilter | null, includeChildren = true): Promise<readonly EnabledBaseline[]> {
    const input = { ...(filter === null ? {} : { filter }), includeChildren };
    const found = await this.#all('ListEnabledBaselines', input, BaselinesSchema, (page) => page.enabledBaselines);
    if (found.length === 0) return [];
    const names = await this.#names();
    return found.map(({ baselineIdentifier, statusSummary, parentIdentifier, driftStatusSummary, ...rest }) => ({
      ...rest,
      status: statusSummary.status,
      operationId: statusSummary.lastOperationIdentifier ?? null,
      isDrifted: driftStatusSummary?.types?.inheritance?.status === 'DRIFTED',
      name: names.get(baselineIdentifier) ?? null,
      parentIdentifier: parentIdentifier ?? null,
    }));
  }

  async hasControls(targetIdentifier: string): Promise<boolean> {
    const input = { targetIdentifier, includeChildren: true };
    const found = await this.#all('ListEnabledControls', input, ControlsSchema, (page) => page.enabledControls);
    return found.length > 0;
  }

  /** Names do not change: asked for once in the life of a function's environment. */
  async #names(): Promise<ReadonlyMap<string, string>> {
    const known = namesBySettings.get(this.settings);
    if (known !== undefined) return known;
    const found = await this.#all('ListBaselines', {}, NamesSchema, (page) => page.baselines);
    const names = new Map(found.map(({ arn, name }) => [arn, name]));
    namesBySettings.set(this.settings, names);
    return names;
  }

  async #all<Page extends { readonly nextToken?: string | undefined }, Item>(
    operation: ControlTowerOperation,
    input: object,
    schema: z.ZodMiniType<Page>,
    itemsOf: (page: Page) => readonly Item[],
  ): Promise<readonly Item[]> {
    const items: Item[] = [];
    let token: string | undefined;
    do {
      const answer = await this.#call(operation, { ...input, ...(token === undefined ? {} : { nextToken: token }) });
      const page = schema.parse(answer);
      items.push(...itemsOf(page));
      token = page.nextToken;
    } while (token !== undefined);
    return items;
  }
}

const namesBySettings = new WeakMap<AwsSettings, ReadonlyMap<string, string>>();

const nextToken = z.optional(z.string());

const DriftSchema = z.object({
  types: z.optional(z.object({ inheritance: z.optional(z.object({ status: z.optional(z.string()) })) })),
});

const BaselinesSchema = z.object({
  enabledBaselines: z.array(
    z.object({
      arn: z.string(),
      baselineIdentifier: z.string(),
      baselineVersion: z.optional(z.string()),
      targetIdentifier: z.string(),
      parentIdentifier: z.optional(z.string()),
      statusSummary: z.object({
        status: z._default(z.string(), 'SUCCEEDED'),
        lastOperationIdentifier: z.optional(z.string()),
      }),
      driftStatusSummary: z.optional(DriftSchema),
    }),
  ),
  nextToken,
});

const ControlsSchema = z.object({ enabledControls: z.array(z.object({ controlIdentifier: z.string() })), nextToken });

const NamesSchema = z.object({ baselines: z.array(z.object({ arn: z.string(), name: z.string() })), nextToken });
