/** Service control policies of the organization. */
export interface ServiceControlPolicies {
  /** Those that are attached to a root or unit itself, not those above it. */
  attachedTo(targetId: string): Promise<readonly ServiceControlPolicy[]>;
}

export interface ServiceControlPolicy {
  readonly name: string;
  /** JSON text. */
  readonly document: string;
}
