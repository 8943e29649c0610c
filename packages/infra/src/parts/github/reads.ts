/** What a refresh asks AWS for one kind of thing. */
export interface Reads {
  /** Asked of the thing itself. */
  readonly own?: readonly string[];
  /** AWS has no resource level, or the provider asks by a filter. */
  readonly anywhere?: readonly string[];
}

const own = (...actions: string[]): Reads => ({ own: actions });
const anywhere = (...actions: string[]): Reads => ({ anywhere: actions });
const nothing: Reads = {};

const certificate = own('acm:DescribeCertificate', 'acm:ListTagsForCertificate');
const api = own('apigateway:GET');
const scaling: Reads = {
  own: ['application-autoscaling:ListTagsForResource'],
  anywhere: ['application-autoscaling:DescribeScalableTargets', 'application-autoscaling:DescribeScalingPolicies'],
};
const userPool = own(
  'cognito-idp:DescribeResourceServer',
  'cognito-idp:DescribeUserPool',
  'cognito-idp:DescribeUserPoolClient',
  'cognito-idp:GetUserPoolMfaConfig',
);
const fileSystem = own(
  'elasticfilesystem:DescribeAccessPoints',
  'elasticfilesystem:DescribeBackupPolicy',
  'elasticfilesystem:DescribeFileSystemPolicy',
  'elasticfilesystem:DescribeFileSystems',
  'elasticfilesystem:DescribeLifecycleConfiguration',
  'elasticfilesystem:DescribeMountTargetSecurityGroups',
  'elasticfilesystem:DescribeMountTargets',
  'elasticfilesystem:ListTagsForResource',
);
const groups = anywhere('ec2:DescribeSecurityGroupRules', 'ec2:DescribeSecurityGroups');
const routes = anywhere('ec2:DescribeRouteTables');
const role = own('iam:GetRole', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies');
const balancer = anywhere('elasticloadbalancing:Describe*');
const database: Reads = { own: ['rds:ListTagsForResource'], anywhere: ['rds:Describe*'] };
const bucket = own(
  's3:GetAccelerateConfiguration',
  's3:GetBucket*',
  's3:GetEncryptionConfiguration',
  's3:GetLifecycleConfiguration',
  's3:GetReplicationConfiguration',
  's3:ListBucket',
  's3:ListTagsForResource',
);
const discovery: Reads = {
  own: ['servicediscovery:GetNamespace', 'servicediscovery:GetService'],
  anywhere: ['servicediscovery:ListTagsForResource'],
};
const mail = own(
  'ses:GetConfigurationSet',
  'ses:GetConfigurationSetEventDestinations',
  'ses:GetEmailIdentity',
  'ses:ListTagsForResource',
);
const zone = own('route53:GetHostedZone', 'route53:ListTagsForResource');

/**
 * By type. What a refresh of a secret would give away is not among it: since 6.26 the provider does not ask for the value of
 * a secret whose argument is write-only.
 */
export const reads: Readonly<Record<string, Reads>> = {
  'data.aws_availability_zones': anywhere('ec2:DescribeAvailabilityZones'),
  'data.aws_caller_identity': nothing,
  'data.aws_ecr_repository': own('ecr:DescribeRepositories', 'ecr:ListTagsForResource'),
  'data.aws_partition': nothing,
  'data.aws_region': nothing,
  'data.aws_route53_zone': { ...zone, anywhere: ['route53:ListHostedZones'] },
  'data.aws_secretsmanager_secret': own('secretsmanager:DescribeSecret', 'secretsmanager:GetResourcePolicy'),
  'data.aws_ssm_parameter': own('ssm:GetParameter'),
  'ephemeral.aws_secretsmanager_random_password': anywhere('secretsmanager:GetRandomPassword'),
  aws_acm_certificate: certificate,
  aws_acm_certificate_validation: certificate,
  aws_apigatewayv2_api: api,
  aws_apigatewayv2_api_mapping: api,
  aws_apigatewayv2_authorizer: api,
  aws_apigatewayv2_domain_name: api,
  aws_apigatewayv2_integration: api,
  aws_apigatewayv2_route: api,
  aws_apigatewayv2_stage: api,
  aws_apigatewayv2_vpc_link: api,
  aws_appautoscaling_policy: scaling,
  aws_appautoscaling_target: scaling,
  aws_cloudwatch_log_group: { own: ['logs:ListTagsForResource'], anywhere: ['logs:DescribeLogGroups'] },
  aws_cloudwatch_log_stream: own('logs:DescribeLogStreams'),
  aws_cognito_resource_server: userPool,
  aws_cognito_user_pool: userPool,
  aws_cognito_user_pool_client: userPool,
  aws_cognito_user_pool_domain: anywhere('cognito-idp:DescribeUserPoolDomain'),
  aws_db_subnet_group: database,
  aws_default_security_group: groups,
  aws_dynamodb_table: own(
    'dynamodb:DescribeContinuousBackups',
    'dynamodb:DescribeTable',
    'dynamodb:DescribeTimeToLive',
    'dynamodb:ListTagsOfResource',
    // Of AWS's own key, which encrypts the table.
    'kms:DescribeKey',
  ),
  aws_ecr_lifecycle_policy: own('ecr:GetLifecyclePolicy'),
  aws_ecr_repository: own('ecr:DescribeRepositories', 'ecr:ListTagsForResource'),
  aws_ecr_repository_policy: own('ecr:GetRepositoryPolicy'),
  aws_ecs_cluster: own('ecs:DescribeClusters', 'ecs:ListTagsForResource'),
  aws_ecs_service: own('ecs:DescribeServices', 'ecs:ListTagsForResource'),
  aws_ecs_task_definition: { own: ['ecs:ListTagsForResource'], anywhere: ['ecs:DescribeTaskDefinition'] },
  aws_efs_access_point: fileSystem,
  aws_efs_backup_policy: fileSystem,
  aws_efs_file_system: fileSystem,
  aws_efs_file_system_policy: fileSystem,
  aws_efs_mount_target: { ...fileSystem, ...anywhere('ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets') },
  aws_eip: anywhere('ec2:DescribeAddresses', 'ec2:DescribeAddressesAttribute'),
  aws_flow_log: anywhere('ec2:DescribeFlowLogs'),
  aws_iam_openid_connect_provider: own('iam:GetOpenIDConnectProvider'),
  aws_iam_policy: own('iam:GetPolicy', 'iam:GetPolicyVersion'),
  aws_iam_role: role,
  aws_iam_role_policy: role,
  aws_iam_role_policy_attachment: role,
  aws_internet_gateway: anywhere('ec2:DescribeInternetGateways'),
  aws_kinesis_firehose_delivery_stream: own('firehose:DescribeDeliveryStream', 'firehose:ListTagsForDeliveryStream'),
  aws_kms_alias: anywhere('kms:ListAliases'),
  aws_kms_key: own('kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListResourceTags'),
  aws_lambda_function: own(
    'lambda:GetFunction',
    'lambda:GetFunctionCodeSigningConfig',
    'lambda:GetFunctionConfiguration',
    'lambda:ListTags',
    'lambda:ListVersionsByFunction',
  ),
  aws_lambda_permission: own('lambda:GetPolicy'),
  aws_lb: balancer,
  aws_lb_listener: balancer,
  aws_lb_listener_rule: balancer,
  aws_lb_target_group: balancer,
  aws_nat_gateway: anywhere('ec2:DescribeNatGateways'),
  aws_opensearch_domain: own('es:DescribeDomain', 'es:DescribeDomainConfig', 'es:GetCompatibleVersions', 'es:ListTags'),
  aws_opensearch_domain_policy: own('es:DescribeDomain'),
  aws_rds_cluster: database,
  aws_rds_cluster_instance: database,
  aws_rds_cluster_parameter_group: database,
  aws_route: routes,
  aws_route53_record: own('route53:GetHostedZone', 'route53:ListResourceRecordSets'),
  aws_route53_zone: zone,
  aws_route_table: routes,
  aws_route_table_association: routes,
  aws_s3_bucket: bucket,
  aws_s3_bucket_lifecycle_configuration: bucket,
  aws_s3_bucket_ownership_controls: bucket,
  aws_s3_bucket_policy: bucket,
  aws_s3_bucket_public_access_block: bucket,
  aws_s3_bucket_server_side_encryption_configuration: bucket,
  aws_s3_bucket_versioning: bucket,
  aws_secretsmanager_secret: own('secretsmanager:DescribeSecret', 'secretsmanager:GetResourcePolicy'),
  aws_secretsmanager_secret_version: own('secretsmanager:DescribeSecret', 'secretsmanager:ListSecretVersionIds'),
  aws_security_group: groups,
  aws_service_discovery_private_dns_namespace: discovery,
  aws_service_discovery_service: discovery,
  aws_sesv2_configuration_set: mail,
  aws_sesv2_configuration_set_event_destination: mail,
  aws_sesv2_email_identity: mail,
  aws_sesv2_email_identity_mail_from_attributes: mail,
  aws_ssm_parameter: { own: ['ssm:GetParameter', 'ssm:ListTagsForResource'], anywhere: ['ssm:DescribeParameters'] },
  aws_subnet: anywhere('ec2:DescribeSubnets'),
  aws_vpc: anywhere('ec2:DescribeNetworkAcls', 'ec2:DescribeVpcAttribute', 'ec2:DescribeVpcs'),
  aws_vpc_endpoint: anywhere('ec2:DescribePrefixLists', 'ec2:DescribeVpcEndpoints'),
  aws_vpc_security_group_egress_rule: groups,
  aws_vpc_security_group_ingress_rule: groups,
  terraform_data: nothing,
};
