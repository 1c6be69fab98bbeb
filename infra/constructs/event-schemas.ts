import { CfnRegistry, CfnSchema } from 'aws-cdk-lib/aws-eventschemas';
import { Construct } from 'constructs';

import { named } from '../deployment-rules';
import { EVENT_REGISTRY_NAME } from '../names';
import { registrySchemas } from '../registry-schemas';

/** All events in the schema registry of EventBridge, as OpenAPI 3, which its code bindings are made of. */
export class EventSchemas extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const registry = new CfnRegistry(this, 'Registry', {
      registryName: named(this, EVENT_REGISTRY_NAME),
      description: 'Events of the account vending',
    });
    for (const [name, content] of Object.entries(registrySchemas())) {
      new CfnSchema(this, name, {
        registryName: registry.attrRegistryName,
        schemaName: `account-vending@${name}`,
        type: 'OpenApi3',
        description: content.info.description,
        content: JSON.stringify(content),
      });
    }
  }
}
