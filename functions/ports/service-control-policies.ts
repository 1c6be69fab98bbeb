/** Policies of the organization that say what may be done in its accounts (`service`), or with what is in them (`resource`). */
export interface ServiceControlPolicies {
  /** Those that are attached to a root or unit itself, not those above it. None of `resource` where the organization has not enabled them. */
  attachedTo(targetId: string, kind?: ControlPolicyKind): Promise<readonly ServiceControlPolicy[]>;
}

export type ControlPolicyKind = 'service' | 'resource';

export interface ServiceControlPolicy {
  readonly name: string;
  /** JSON text. */
  readonly document: string;
}
