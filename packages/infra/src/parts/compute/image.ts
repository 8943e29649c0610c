import type { Stack } from '../../aws/index.ts';
import { operation, ref, type Reference } from '../../hcl/index.ts';
import type { Site } from '../../site/site.ts';

/** The parameter that says which image of a service runs; `infra/shared` makes it, a deploy writes it. */
export function imageParameter(app: string, environment: string, service: string): string {
  return `/${app}/${environment}/${service}/image`;
}

/** Reference of the image that is to run. */
export function image(stack: Stack, site: Site, service: { name: string; id: string }): Reference {
  const name = imageParameter(site.app, site.environment, service.name);
  const parameter = stack.data(
    'aws_ssm_parameter',
    `${service.id}_image`,
    { name },
    {
      comment: 'Which image runs. A deploy writes the parameter and applies; so does a rollback.',
      lifecycle: {
        postcondition: {
          condition: operation(ref('self.insecure_value'), '!=', 'UNSET'),
          error_message: `No image yet: push one and write its reference to the SSM parameter ${name}.`,
        },
      },
    },
  );
  return parameter.ref('insecure_value');
}
