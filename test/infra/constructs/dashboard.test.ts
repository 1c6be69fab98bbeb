import type { Template } from 'aws-cdk-lib/assertions';

import { LANE_OF_STATE } from '../../../functions/domain/base/workflow-facts';
import closeAccount from '../../../statemachines/close-account.asl.json';
import vendAccount from '../../../statemachines/vend-account.asl.json';
import { statesOf } from '../../statemachines/states';
import { inWords, resourcesOf, vendingTemplate, withMeshStack } from '../synthesized-stack';

const template = vendingTemplate({ configuration: withMeshStack() });

/** With the logical ids of what they refer to. */
const pagesOf = (one: Template): string => JSON.stringify(one.findResources('AWS::CloudWatch::Dashboard'));
const pages = pagesOf(template);

const idsOf = (type: string): readonly string[] => Object.keys(template.findResources(type));

describe('the dashboards', () => {
  it.each([
    ['function', 'AWS::Lambda::Function', 30],
    ['queue', 'AWS::SQS::Queue', 7],
    ['workflow', 'AWS::StepFunctions::StateMachine', 2],
    ['table', 'AWS::DynamoDB::GlobalTable', 1],
  ])('show every %s', (_, type, atLeast) => {
    // What is called by CloudFormation alone fails a deployment, and no run.
    const ids = idsOf(type).filter((id) => !id.includes('StoreConfiguration'));
    expect(ids.length).toBeGreaterThanOrEqual(atLeast);
    expect(ids.filter((id) => !pages.includes(`"${id}"`))).toEqual([]);
  });

  it('show the API', () => {
    expect(idsOf('AWS::ApiGateway::RestApi')).toHaveLength(1);
    expect(pages).toContain('AWS/ApiGateway');
  });

  it('show the lane of every state that waits for a turn', () => {
    const states = [vendAccount, closeAccount].flatMap((definition) => statesOf(definition).map(([state]) => state));
    const waiting = states.filter((state) => /^Await.*Turn$/u.test(state));

    expect(waiting.length).toBeGreaterThanOrEqual(4);
    expect(waiting.filter((state) => !(state in LANE_OF_STATE))).toEqual([]);
    for (const lane of Object.values(LANE_OF_STATE)) expect(pages).toContain(`\\"Lane\\",\\"${lane}\\"`);
  });

  it('find causes and throttled steps by what has been measured', () => {
    expect(pages).toContain('{AccountVending,service,Cause,Outcome}');
    expect(pages).toMatch(/\{AccountVending,service,State\} MetricName=[\\"]+Throttles/u);
  });

  it('show how long steps take: all of them, or by state where that is asked for', () => {
    const ofAll = /AccountVending[\\",]+StepDuration/u;
    const byState = /\{AccountVending,service,State\} MetricName=[\\"]+StepDuration/u;
    const asked = pagesOf(vendingTemplate({ context: { stepDurations: 'byState' } }));

    expect([ofAll.test(pages), byState.test(pages)]).toEqual([true, false]);
    expect([ofAll.test(asked), byState.test(asked)]).toEqual([false, true]);
  });

  it('show runs that are late', () => {
    expect(pages).toContain('OverdueRuns');
    expect(pages).toContain('StarvedLanes');
  });

  it('are of fifty metrics at most, as those are that cost nothing', () => {
    const counts = Object.values(resourcesOf(template, 'AWS::CloudWatch::Dashboard')).map(({ Properties }) => {
      const { widgets } = JSON.parse(String(inWords(Properties['DashboardBody']))) as {
        widgets: { properties: { metrics?: unknown[] } }[];
      };
      return widgets.flatMap(({ properties }) => properties.metrics ?? []).length;
    });

    expect(counts).toHaveLength(2);
    expect(Math.max(...counts)).toBeLessThanOrEqual(50);
    expect(Math.min(...counts)).toBeGreaterThan(20);
  });
});
