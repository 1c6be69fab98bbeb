import { withPicture } from '../../../../sandbox/commands/pictures/marked-block';

const page = (picture: string): string =>
  [
    '# Page',
    '<!-- drawn by sandbox/commands/draw-workflow.ts: begin -->',
    picture,
    '<!-- drawn: end -->',
    'More.',
  ].join('\n');

describe('withPicture', () => {
  it('replaces what stands between the marks and nothing else', () => {
    expect(withPicture(page('an older one'), 'flowchart TD')).toBe(page('\n```mermaid\nflowchart TD\n```\n'));
  });

  it('changes nothing when it is drawn a second time', () => {
    const once = withPicture(page(''), 'flowchart TD');

    expect(withPicture(once, 'flowchart TD')).toBe(once);
  });

  it('says what is missing in a text without marks', () => {
    expect(() => withPicture('# Page', 'flowchart TD')).toThrow(/has no place for the block/u);
  });
});
