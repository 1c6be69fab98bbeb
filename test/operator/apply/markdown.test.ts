import type { Application } from '../../../operator/apply/application';
import { markdownOf } from '../../../operator/apply/markdown';

const application = (files: Application['broken']): Application => ({
  dryRun: true,
  planned: [],
  broken: files,
  removed: [],
});
const brokenFile = (file: string, message: string): Application['broken'][number] => ({
  file,
  faults: [{ field: file, message }],
});

describe('the comment for a pull request', () => {
  it('shows what others have written as it is, and names nobody by it', () => {
    const comment = markdownOf(application([brokenFile('a`b.yaml', 'says ``` and @everybody <script>')]));

    expect(comment).toContain("- **refused** `a'b.yaml`");
    expect(comment).toContain('  ````text\n  a`b.yaml: says ``` and @everybody <script>\n  ````\n');
  });

  it('is never longer than GitHub takes, and says how much it leaves out', () => {
    const files = Array.from({ length: 100 }, (_, n) => brokenFile(`${n}.yaml`, 'x'.repeat(1000)));
    const comment = markdownOf(application(files));

    expect(comment.length).toBeLessThan(65_536);
    expect(comment).toMatch(/And \d+ more, which this comment has no room for/u);
    expect(comment).toContain('0.yaml');
  });
});
