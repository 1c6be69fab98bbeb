/** A trail of this name is what the audit bucket takes logs from. */
export const AUDIT_TRAIL_NAME = 'access-role-audit';

/**
 * What the audit stack set puts into an account: a trail of everything that is done there, the acts of the access role
 * among them, into a bucket that nobody in the account reaches. IAM is seen from every region, so one region is enough.
 */
export const auditTemplate = (bucketName: string, trailName: string = AUDIT_TRAIL_NAME): string =>
  JSON.stringify({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Records every act in this account, those of the access role among them',
    Resources: {
      Trail: {
        Type: 'AWS::CloudTrail::Trail',
        Properties: {
          TrailName: trailName,
          S3BucketName: bucketName,
          IsLogging: true,
          IsMultiRegionTrail: true,
          IncludeGlobalServiceEvents: true,
          EnableLogFileValidation: true,
        },
      },
    },
  });
