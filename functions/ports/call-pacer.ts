/** Keeps the calls of all functions together within the rate at which AWS answers. */
export interface CallPacer {
  /**
   * Comes back when the calls may be made: at once, or some seconds later. Calls that AWS does not limit always may.
   *
   * @param service as IAM names it: `organizations`
   * @param calls how many; absent: one
   * @throws TransientError, nothing done, when so many calls are ahead that waiting for them takes too long
   */
  pace(service: string, operation: string, calls?: number): Promise<void>;
}
