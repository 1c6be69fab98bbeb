/** Keeps the calls of all functions together within the rate at which AWS answers. */
export interface CallPacer {
  /**
   * Comes back when the call may be made: at once, or some seconds later. Calls that AWS does not limit always may.
   *
   * @param service as IAM names it: `organizations`
   * @throws TransientError, nothing done, when so many calls are ahead that waiting for them takes too long
   */
  pace(service: string, operation: string): Promise<void>;
}
