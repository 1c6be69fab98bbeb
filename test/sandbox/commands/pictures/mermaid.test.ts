import { mermaidOf, type Workflow } from '../../../../sandbox/commands/pictures/mermaid';

const workflow: Workflow = {
  StartAt: 'Ask',
  States: {
    Ask: { Type: 'Task', Next: 'IsReady' },
    IsReady: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.results.Ask.ready', BooleanEquals: true, Next: 'DoEach' },
        { Variable: '$.results.Ask.known', BooleanEquals: false, Next: 'Ask' },
      ],
      Default: 'WaitForIt',
    },
    WaitForIt: { Type: 'Wait', Next: 'Ask' },
    DoEach: {
      Type: 'Map',
      End: true,
      ItemProcessor: {
        StartAt: 'DoOne',
        States: {
          DoOne: { Type: 'Task', Next: 'DoMore' },
          DoMore: { Type: 'Pass', Next: 'AllDone' },
          AllDone: { Type: 'Succeed' },
        },
      },
    },
  },
};

describe('mermaidOf', () => {
  it('gives each type of state its shape, names the ways out of a choice and boxes a Map', () => {
    expect(mermaidOf(workflow).split('\n')).toEqual([
      'flowchart TD',
      '  start((start)) --> Ask',
      '  Ask[Ask]',
      '  IsReady{IsReady?}',
      '  WaitForIt([WaitForIt])',
      '  subgraph DoEach',
      '    DoOne[DoOne]',
      '    DoMore[DoMore]',
      '    AllDone((AllDone))',
      '    DoOne --> DoMore',
      '    DoMore --> AllDone',
      '  end',
      '  Ask --> IsReady',
      '  IsReady -- ready --> DoEach',
      '  IsReady -- not known --> Ask',
      '  IsReady -- otherwise --> WaitForIt',
      '  WaitForIt --> Ask',
      '  DoEach --> done',
      '  done((done))',
    ]);
  });

  it('refuses to leave out a state that it cannot draw', () => {
    expect(() => mermaidOf({ StartAt: 'Fork', States: { Fork: { Type: 'Parallel', End: true } } })).toThrow(
      /no shape for Fork, a state of type Parallel/u,
    );
  });
});
