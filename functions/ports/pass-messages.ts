/** Has a pass over all tenants go on, a little later. */
export interface PassMessages {
  send(part: { readonly pass: string; readonly part: number }, delaySeconds: number): Promise<void>;
}
