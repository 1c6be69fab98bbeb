import * as z from 'zod';

/** The account and region in which a template is deployed. */
export interface TemplatePlace {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  /** Values of the template's parameters; the others have their defaults. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What CloudFormation has named itself, by logical id. */
  readonly drawnNames?: ReadonlyMap<string, string>;
}

const ParameterSchema = z.object({
  Type: z.string().default('String'),
  Default: z.unknown().optional(),
  NoEcho: z.union([z.boolean(), z.string()]).transform(String).default('false'),
  AllowedPattern: z.string().optional(),
  ConstraintDescription: z.string().optional(),
  MinLength: z.coerce.number().optional(),
  MaxLength: z.coerce.number().optional(),
});

const ResourceSchema = z.object({
  Type: z.string(),
  Condition: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});

const OutputSchema = z.object({ Value: z.unknown(), Description: z.string().optional() });

export const TemplateSchema = z.object({
  Description: z.string().optional(),
  Parameters: z.record(z.string(), ParameterSchema).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(z.string(), ResourceSchema),
  Outputs: z.record(z.string(), OutputSchema).default({}),
});

export type CloudFormationTemplate = z.infer<typeof TemplateSchema>;

/** What CloudFormation leaves out: `AWS::NoValue`. */
const NO_VALUE = Symbol('AWS::NoValue');

const PairSchema = z.tuple([z.unknown(), z.unknown()]);
const JoinSchema = z.tuple([z.string(), z.array(z.unknown())]);
const GetAttSchema = z.tuple([z.string(), z.string()]);
const IfSchema = z.tuple([z.string(), z.unknown(), z.unknown()]);
const SubSchema = z.union([
  z.string().transform((text): [string, Record<string, unknown>] => [text, {}]),
  z.tuple([z.string(), z.record(z.string(), z.unknown())]),
]);

/**
 * Works out the values of a template as CloudFormation does at deployment ("Intrinsic function reference" of the
 * CloudFormation User Guide), as far as roles and their policies need it. Resources that have no name of their own go
 * by the one that was drawn, or else by their logical id.
 */
export class TemplateValues {
  readonly #template: CloudFormationTemplate;
  readonly #place: TemplatePlace;

  constructor(template: CloudFormationTemplate, place: TemplatePlace) {
    this.#template = template;
    this.#place = place;
  }

  /** @throws RangeError at a function that this does not know, or a parameter without a value */
  valueOf(value: unknown): unknown {
    const worked = this.#value(value);
    return worked === NO_VALUE ? undefined : worked;
  }

  /** Whether a resource with this condition is to be there. */
  isWanted({ Condition }: { readonly Condition?: string | undefined }): boolean {
    return Condition === undefined || this.#holds({ Condition });
  }

  #value(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((one) => this.#value(one)).filter((one) => one !== NO_VALUE);
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const entries = Object.entries(value);
    const [only] = entries;
    if (only !== undefined && entries.length === 1 && (only[0] === 'Ref' || only[0].startsWith('Fn::'))) {
      return this.#intrinsic(...only);
    }
    return Object.fromEntries(
      entries.map(([key, one]) => [key, this.#value(one)] as const).filter(([, one]) => one !== NO_VALUE),
    );
  }

  #intrinsic(name: string, given: unknown): unknown {
    switch (name) {
      case 'Ref':
        return this.#reference(z.string().parse(given));
      case 'Fn::GetAtt':
        return this.#attribute(...GetAttSchema.parse(given));
      case 'Fn::Join': {
        const [separator, parts] = JoinSchema.parse(given);
        return parts.map((part) => this.#text(part)).join(separator);
      }
      case 'Fn::Split':
        return this.#split(...PairSchema.parse(given));
      case 'Fn::Select': {
        const [index, list] = PairSchema.parse(given);
        return z.array(z.string()).parse(this.#value(list))[z.coerce.number().parse(index)];
      }
      case 'Fn::Sub':
        return this.#substituted(...SubSchema.parse(given));
      case 'Fn::If': {
        const [condition, whenTrue, whenFalse] = IfSchema.parse(given);
        return this.#value(this.#holds({ Condition: condition }) ? whenTrue : whenFalse);
      }
      default:
        throw new RangeError(
          `template: the function ${name} is not known here; template-values.ts is where to add it.`,
        );
    }
  }

  #split(separator: unknown, text: unknown): readonly string[] {
    return this.#text(text).split(z.string().parse(separator));
  }

  #text(value: unknown): string {
    return z.coerce.string().parse(this.#value(value));
  }

  #reference(name: string): unknown {
    const { partition, accountId, region, parameters } = this.#place;
    switch (name) {
      case 'AWS::NoValue':
        return NO_VALUE;
      case 'AWS::Partition':
        return partition;
      case 'AWS::AccountId':
        return accountId;
      case 'AWS::Region':
        return region;
      case 'AWS::URLSuffix':
        return 'amazonaws.com';
      default:
        return this.#template.Resources[name] === undefined
          ? this.#parameter(name, parameters[name])
          : this.#physicalName(name);
    }
  }

  #parameter(name: string, given: string | undefined): unknown {
    const value = given ?? this.#template.Parameters[name]?.Default;
    if (value === undefined) {
      throw new RangeError(`template: ${name} is neither a resource nor a parameter with a value. Give it a value.`);
    }
    return value;
  }

  /**
   * What `Ref` gives: the ARN of a managed policy and of a secret, the id of a stack set, the name of most other
   * things.
   *
   * @evidence documented AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset: Ref of a
   *   stack set gives the StackSetId
   */
  #physicalName(id: string): string {
    const { Type = '', Properties = {} } = this.#template.Resources[id] ?? {};
    if (Type === 'AWS::IAM::ManagedPolicy' || Type === 'AWS::SecretsManager::Secret') {
      return this.#arn(id);
    }
    if (Type === 'AWS::CloudFormation::StackSet') {
      return `${this.#text(Properties['StackSetName'])}:${this.#drawnName(id)}`;
    }
    const [, , kind = ''] = Type.split('::');
    const named = Properties[`${kind}Name`] ?? Properties['Name'];
    return named === undefined ? this.#drawnName(id) : this.#text(named);
  }

  #drawnName(id: string): string {
    return this.#place.drawnNames?.get(id) ?? id;
  }

  #policyName(id: string): string {
    const named = this.#template.Resources[id]?.Properties['ManagedPolicyName'];
    return named === undefined ? this.#drawnName(id) : this.#text(named);
  }

  #attribute(id: string, attribute: string): string {
    return attribute === 'Arn' ? this.#arn(id) : `${id}.${attribute}`;
  }

  #arn(id: string): string {
    const { partition, accountId, region } = this.#place;
    const { Type = '', Properties = {} } = this.#template.Resources[id] ?? {};
    switch (Type) {
      case 'AWS::IAM::Role':
        return `arn:${partition}:iam::${accountId}:role${this.#text(Properties['Path'] ?? '/')}${this.#physicalName(id)}`;
      case 'AWS::IAM::ManagedPolicy':
        return `arn:${partition}:iam::${accountId}:policy${this.#text(Properties['Path'] ?? '/')}${this.#policyName(id)}`;
      default: {
        const [, service = ''] = Type.toLowerCase().split('::');
        return `arn:${partition}:${service}:${region}:${accountId}:${id}`;
      }
    }
  }

  #substituted(text: string, variables: Readonly<Record<string, unknown>>): string {
    return text.replaceAll(/\$\{([^!}]+)\}/g, (_, name: string) => {
      const [id = '', attribute] = name.split('.');
      if (variables[name] !== undefined) {
        return this.#text(variables[name]);
      }
      return attribute === undefined ? this.#text({ Ref: id }) : this.#attribute(id, attribute);
    });
  }

  #holds(condition: unknown): boolean {
    const [[kind, given] = ['', undefined]] = Object.entries(z.record(z.string(), z.unknown()).parse(condition));
    switch (kind) {
      case 'Condition':
        return this.#holds(this.#template.Conditions[z.string().parse(given)]);
      case 'Fn::Equals': {
        const [left, right] = PairSchema.parse(given);
        return this.#text(left) === this.#text(right);
      }
      case 'Fn::Not':
        return !this.#holds(z.array(z.unknown()).parse(given)[0]);
      case 'Fn::And':
        return z
          .array(z.unknown())
          .parse(given)
          .every((one) => this.#holds(one));
      case 'Fn::Or':
        return z
          .array(z.unknown())
          .parse(given)
          .some((one) => this.#holds(one));
      default:
        throw new RangeError(
          `template: the condition ${kind} is not known here; template-values.ts is where to add it.`,
        );
    }
  }
}
