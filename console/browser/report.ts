/** One line for each thing that was seen, or was not. */
export class Report {
  passed = 0;
  failed = 0;

  /** A figure, or what else is worth knowing. */
  tell(what: string): void {
    process.stdout.write(`· ${what}\n`);
  }

  async see(what: string, work: () => Promise<readonly string[]>): Promise<void> {
    const faults = await work().catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
    if (faults.length === 0) this.passed += 1;
    else this.failed += 1;
    process.stdout.write(
      `${faults.length === 0 ? '✔' : '✘'} ${what}\n${faults.map((fault) => `    ${fault}\n`).join('')}`,
    );
  }
}
