import * as z from 'zod';
import type { ServiceRoleSeed } from '../organization-seed';
import { TemplateSchema, TemplateValues, type TemplatePlace } from './template-values';

const DocumentSchema = z.record(z.string(), z.unknown());
const NamedDocument = z.object({ PolicyName: z.string(), PolicyDocument: DocumentSchema });

const RoleSchema = z.object({
  RoleName: z.string(),
  Path: z.string().default('/'),
  AssumeRolePolicyDocument: DocumentSchema,
  Policies: z.array(NamedDocument).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
});

/**
 * The roles that a template makes, as they stand in the account afterwards. Policies of the template's own
 * (AWS::IAM::ManagedPolicy, AWS::IAM::Policy) count with what is inside the role: IAM asks what is granted, not where
 * it is kept.
 *
 * @param template as `cdk synth` writes it
 */
export function rolesInTemplate(template: unknown, place: TemplatePlace): readonly ServiceRoleSeed[] {
  const parsed = TemplateSchema.parse(template);
  const values = new TemplateValues(parsed, place);
  const resources = Object.entries(parsed.Resources);
  const ofType = (type: string) => resources.filter(([, resource]) => resource.Type === type);
  const managed = new Map(
    ofType('AWS::IAM::ManagedPolicy').map(([id, { Properties }]) => [
      z.string().parse(values.valueOf({ Ref: id })),
      [id, DocumentSchema.parse(values.valueOf(Properties['PolicyDocument']))] as const,
    ]),
  );
  const apart = ofType('AWS::IAM::Policy').map(([, { Properties }]) =>
    NamedDocument.extend({ Roles: z.array(z.string()) }).parse(values.valueOf(Properties)),
  );
  return ofType('AWS::IAM::Role').map(([id, { Properties }]) => {
    const role = RoleSchema.parse(values.valueOf({ RoleName: id, ...Properties }));
    const inside = [...role.Policies, ...apart.filter(({ Roles }) => Roles.includes(role.RoleName))];
    return {
      accountId: place.accountId,
      name: role.RoleName,
      path: role.Path,
      trust: role.AssumeRolePolicyDocument,
      attachedPolicyArns: role.ManagedPolicyArns.filter((arn) => !managed.has(arn)),
      inlinePolicies: Object.fromEntries([
        ...inside.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument] as const),
        ...role.ManagedPolicyArns.flatMap((arn) => {
          const own = managed.get(arn);
          return own === undefined ? [] : [own];
        }),
      ]),
    };
  });
}
