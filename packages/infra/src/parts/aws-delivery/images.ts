import type { Account } from '../account.ts';
import { imageParameter } from '../compute/image.ts';
import { everything, type Statement } from '../access/policy.ts';

export interface ImagesArgs {
  readonly app: string;
  readonly services: readonly string[];
  readonly account: Account;
}

/** Sees what is there and adds to it; takes nothing away. */
export function pushStatements(args: ImagesArgs): Statement[] {
  return [
    {
      sid: 'SignInToRegistry',
      actions: ['ecr:GetAuthorizationToken'],
      resources: everything('The token is for the whole registry; AWS has no resource level here.'),
    },
    {
      sid: 'PushImages',
      actions: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:CompleteLayerUpload',
        'ecr:InitiateLayerUpload',
        'ecr:PutImage',
        'ecr:UploadLayerPart',
      ],
      resources: repositories(args),
    },
  ];
}

/** Finds an image and gives it another tag; that it may not upload layers keeps it from bringing one of its own. */
export function keepStatement(args: ImagesArgs): Statement {
  return { sid: 'KeepImages', actions: ['ecr:BatchGetImage', 'ecr:PutImage'], resources: repositories(args) };
}

/** Lambda looks in the name of whoever updates a function whether that one may fetch the image. */
export function fetchStatement(args: ImagesArgs): Statement {
  return {
    sid: 'FetchImages',
    actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    resources: repositories(args),
  };
}

export function sayStatement({ app, services, account }: ImagesArgs, environment: string): Statement {
  return {
    sid: 'SayWhichImageRuns',
    actions: ['ssm:GetParameter', 'ssm:PutParameter'],
    resources: services.map((service) => account.arn('ssm', `parameter${imageParameter(app, environment, service)}`)),
  };
}

function repositories({ app, services, account }: ImagesArgs) {
  return services.map((service) => account.arn('ecr', `repository/${app}/${service}`));
}
