import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Keeps how long each test file took in its latest run; `npm run test:slowest` reads it. */
export default class TimesReporter {
  #root;

  constructor({ rootDir }) {
    this.#root = rootDir;
  }

  onRunComplete(_contexts, { testResults }) {
    const file = path.join(this.#root, '.cache', 'test-times.json');
    const times = { ...timesIn(file) };
    for (const { testFilePath, perfStats, skipped } of testResults) {
      if (!skipped && perfStats.end > 0) {
        times[path.relative(this.#root, testFilePath)] = (perfStats.end - perfStats.start) / 1000;
      }
    }
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(times));
  }
}

function timesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // The first run, or one that was ended while it wrote.
    return {};
  }
}
