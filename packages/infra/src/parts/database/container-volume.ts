import type { Handle, Stack } from '../../aws/index.ts';
import { jsonencode, ref, type Reference } from '../../hcl/index.ts';
import type { Site } from '../../site/site.ts';
import { pascal } from './aurora.ts';
import { encryptionKey } from '../secrets/encryption.ts';
import type { Network } from '../network/network.ts';
import type { Statement } from '../access/policy.ts';
import type { Role } from '../access/roles.ts';
import { allowReach, securityGroup } from '../network/security-group.ts';

export interface Volume {
  readonly fileSystem: Reference;
  readonly accessPoint: Reference;
  /** What the task that uses it may do. */
  readonly statement: Statement;
  /** Nothing can be mounted before these are there. */
  readonly ready: readonly { readonly address: string }[];
  /** Lets the role in, and nobody else. */
  admit(role: Role): { readonly address: string };
}

/** The user and group `postgres` of the image. */
const owner = { uid: 999, gid: 999 };

const mount = ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'];

/** An encrypted file system (EFS) of one folder, which only the tasks in `user` reach. */
export function volume(stack: Stack, site: Site, id: string, network: Network, user: Reference): Volume {
  const name = `${id}_files`;
  const group = securityGroup(stack, site, name, network.vpcId, `Files of ${id}`);
  allowReach(stack, id, user, [{ name, port: 2049, securityGroup: group }]);
  const files = stack.resource(
    'aws_efs_file_system',
    id,
    {
      creation_token: `${site.prefix}-${id.replaceAll('_', '-')}`,
      encrypted: true,
      kms_key_id: encryptionKey(site),
      throughput_mode: 'elastic',
      tags: { Name: `${site.prefix}-${id.replaceAll('_', '-')}` },
    },
    site.ephemeral
      ? {}
      : { lifecycle: { prevent_destroy: true, comment: 'The database is in it. `ephemeral: true` takes this away.' } },
  );
  if (!network.databaseSubnets) throw new TypeError('the network was made without subnets for databases');
  const targets = stack.resource(
    'aws_efs_mount_target',
    id,
    {
      file_system_id: files.ref('id'),
      subnet_id: ref(`${network.databaseSubnets.path.replace('[*]', '[count.index]')}`),
      security_groups: [group],
    },
    { count: site.network.zones },
  );
  const folder = stack.resource('aws_efs_access_point', id, {
    file_system_id: files.ref('id'),
    posix_user: owner,
    root_directory: {
      path: '/postgresql',
      creation_info: { owner_uid: owner.uid, owner_gid: owner.gid, permissions: '0700' },
    },
  });
  if (!site.ephemeral) {
    stack.resource(
      'aws_efs_backup_policy',
      id,
      { file_system_id: files.ref('id'), backup_policy: { status: 'ENABLED' } },
      { comment: 'Copies files while PostgreSQL writes them: better than nothing, and no substitute for pg_dump.' },
    );
  }
  return {
    fileSystem: files.ref('id'),
    accessPoint: folder.ref('id'),
    statement: {
      sid: `Use${pascal(id)}Files`,
      actions: mount,
      resources: [files.ref('arn')],
      condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': folder.ref('arn') } },
    },
    ready: [targets],
    admit: (role) => admit(stack, id, { files, folder, role }),
  };
}

interface AdmitArgs {
  readonly files: Handle<'id' | 'arn'>;
  readonly folder: Handle<'arn'>;
  readonly role: Role;
}

function admit(stack: Stack, id: string, { files, folder, role }: AdmitArgs): { readonly address: string } {
  const statement = {
    Sid: 'MountByTheDatabase',
    Effect: 'Allow',
    Principal: { AWS: role.arn },
    Action: mount,
    Resource: files.ref('arn'),
    Condition: {
      StringEquals: { 'elasticfilesystem:AccessPointArn': folder.ref('arn') },
      Bool: { 'aws:SecureTransport': 'true' },
    },
  };
  return stack.resource(
    'aws_efs_file_system_policy',
    id,
    {
      file_system_id: files.ref('id'),
      policy: jsonencode({ Version: '2012-10-17', Statement: [statement] }),
    },
    { comment: 'Without a policy, whatever reaches a file system may mount it.' },
  );
}
