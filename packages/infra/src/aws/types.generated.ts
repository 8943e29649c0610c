// Written by scripts/update-schema.ts: what the AWS provider 5.100 and the later version both take.
import type { Bool, Dynamic, List, MapOf, Num, OneOrMore, Text } from './argument-types.ts';

export interface ResourceArguments {
  aws_acm_certificate: {
    certificate_authority_arn?: Text | undefined;
    certificate_body?: Text | undefined;
    certificate_chain?: Text | undefined;
    domain_name?: Text | undefined;
    early_renewal_duration?: Text | undefined;
    id?: Text | undefined;
    key_algorithm?: Text | undefined;
    private_key?: Text | undefined;
    subject_alternative_names?: List<Text> | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    validation_method?: Text | undefined;
    options?: {
      certificate_transparency_logging_preference?: Text | undefined;
    } | undefined;
    validation_option?: OneOrMore<{
      domain_name: Text;
      validation_domain: Text;
    }> | undefined;
  };
  aws_acm_certificate_validation: {
    certificate_arn: Text;
    id?: Text | undefined;
    validation_record_fqdns?: List<Text> | undefined;
    timeouts?: {
      create?: Text | undefined;
    } | undefined;
  };
  aws_apigatewayv2_api: {
    api_key_selection_expression?: Text | undefined;
    body?: Text | undefined;
    credentials_arn?: Text | undefined;
    description?: Text | undefined;
    disable_execute_api_endpoint?: Bool | undefined;
    fail_on_warnings?: Bool | undefined;
    id?: Text | undefined;
    ip_address_type?: Text | undefined;
    name: Text;
    protocol_type: Text;
    route_key?: Text | undefined;
    route_selection_expression?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    target?: Text | undefined;
    version?: Text | undefined;
    cors_configuration?: {
      allow_credentials?: Bool | undefined;
      allow_headers?: List<Text> | undefined;
      allow_methods?: List<Text> | undefined;
      allow_origins?: List<Text> | undefined;
      expose_headers?: List<Text> | undefined;
      max_age?: Num | undefined;
    } | undefined;
  };
  aws_apigatewayv2_api_mapping: {
    api_id: Text;
    api_mapping_key?: Text | undefined;
    domain_name: Text;
    id?: Text | undefined;
    stage: Text;
  };
  aws_apigatewayv2_authorizer: {
    api_id: Text;
    authorizer_credentials_arn?: Text | undefined;
    authorizer_payload_format_version?: Text | undefined;
    authorizer_result_ttl_in_seconds?: Num | undefined;
    authorizer_type: Text;
    authorizer_uri?: Text | undefined;
    enable_simple_responses?: Bool | undefined;
    id?: Text | undefined;
    identity_sources?: List<Text> | undefined;
    name: Text;
    jwt_configuration?: {
      audience?: List<Text> | undefined;
      issuer?: Text | undefined;
    } | undefined;
    timeouts?: {
      delete?: Text | undefined;
    } | undefined;
  };
  aws_apigatewayv2_domain_name: {
    domain_name: Text;
    id?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    domain_name_configuration: {
      certificate_arn: Text;
      endpoint_type: Text;
      ip_address_type?: Text | undefined;
      ownership_verification_certificate_arn?: Text | undefined;
      security_policy: Text;
    };
    mutual_tls_authentication?: {
      truststore_uri: Text;
      truststore_version?: Text | undefined;
    } | undefined;
    timeouts?: {
      create?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_apigatewayv2_integration: {
    api_id: Text;
    connection_id?: Text | undefined;
    connection_type?: Text | undefined;
    content_handling_strategy?: Text | undefined;
    credentials_arn?: Text | undefined;
    description?: Text | undefined;
    id?: Text | undefined;
    integration_method?: Text | undefined;
    integration_subtype?: Text | undefined;
    integration_type: Text;
    integration_uri?: Text | undefined;
    passthrough_behavior?: Text | undefined;
    payload_format_version?: Text | undefined;
    request_parameters?: MapOf<Text> | undefined;
    request_templates?: MapOf<Text> | undefined;
    template_selection_expression?: Text | undefined;
    timeout_milliseconds?: Num | undefined;
    response_parameters?: OneOrMore<{
      mappings: MapOf<Text>;
      status_code: Text;
    }> | undefined;
    tls_config?: {
      server_name_to_verify?: Text | undefined;
    } | undefined;
  };
  aws_apigatewayv2_route: {
    api_id: Text;
    api_key_required?: Bool | undefined;
    authorization_scopes?: List<Text> | undefined;
    authorization_type?: Text | undefined;
    authorizer_id?: Text | undefined;
    id?: Text | undefined;
    model_selection_expression?: Text | undefined;
    operation_name?: Text | undefined;
    request_models?: MapOf<Text> | undefined;
    route_key: Text;
    route_response_selection_expression?: Text | undefined;
    target?: Text | undefined;
    request_parameter?: OneOrMore<{
      request_parameter_key: Text;
      required: Bool;
    }> | undefined;
  };
  aws_apigatewayv2_stage: {
    api_id: Text;
    auto_deploy?: Bool | undefined;
    client_certificate_id?: Text | undefined;
    deployment_id?: Text | undefined;
    description?: Text | undefined;
    id?: Text | undefined;
    name: Text;
    stage_variables?: MapOf<Text> | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    access_log_settings?: {
      destination_arn: Text;
      format: Text;
    } | undefined;
    default_route_settings?: {
      data_trace_enabled?: Bool | undefined;
      detailed_metrics_enabled?: Bool | undefined;
      logging_level?: Text | undefined;
      throttling_burst_limit?: Num | undefined;
      throttling_rate_limit?: Num | undefined;
    } | undefined;
    route_settings?: OneOrMore<{
      data_trace_enabled?: Bool | undefined;
      detailed_metrics_enabled?: Bool | undefined;
      logging_level?: Text | undefined;
      route_key: Text;
      throttling_burst_limit?: Num | undefined;
      throttling_rate_limit?: Num | undefined;
    }> | undefined;
  };
  aws_apigatewayv2_vpc_link: {
    id?: Text | undefined;
    name: Text;
    security_group_ids: List<Text>;
    subnet_ids: List<Text>;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
  };
  aws_appautoscaling_policy: {
    id?: Text | undefined;
    name: Text;
    policy_type?: Text | undefined;
    resource_id: Text;
    scalable_dimension: Text;
    service_namespace: Text;
    step_scaling_policy_configuration?: {
      adjustment_type?: Text | undefined;
      cooldown?: Num | undefined;
      metric_aggregation_type?: Text | undefined;
      min_adjustment_magnitude?: Num | undefined;
      step_adjustment?: OneOrMore<{
        metric_interval_lower_bound?: Text | undefined;
        metric_interval_upper_bound?: Text | undefined;
        scaling_adjustment: Num;
      }> | undefined;
    } | undefined;
    target_tracking_scaling_policy_configuration?: {
      disable_scale_in?: Bool | undefined;
      scale_in_cooldown?: Num | undefined;
      scale_out_cooldown?: Num | undefined;
      target_value: Num;
      customized_metric_specification?: {
        metric_name?: Text | undefined;
        namespace?: Text | undefined;
        statistic?: Text | undefined;
        unit?: Text | undefined;
        dimensions?: OneOrMore<{
          name: Text;
          value: Text;
        }> | undefined;
        metrics?: OneOrMore<{
          expression?: Text | undefined;
          id: Text;
          label?: Text | undefined;
          return_data?: Bool | undefined;
          metric_stat?: {
            stat: Text;
            unit?: Text | undefined;
            metric: {
              metric_name: Text;
              namespace: Text;
              dimensions?: OneOrMore<{
                name: Text;
                value: Text;
              }> | undefined;
            };
          } | undefined;
        }> | undefined;
      } | undefined;
      predefined_metric_specification?: {
        predefined_metric_type: Text;
        resource_label?: Text | undefined;
      } | undefined;
    } | undefined;
  };
  aws_appautoscaling_scheduled_action: {
    end_time?: Text | undefined;
    id?: Text | undefined;
    name: Text;
    resource_id: Text;
    scalable_dimension: Text;
    schedule: Text;
    service_namespace: Text;
    start_time?: Text | undefined;
    timezone?: Text | undefined;
    scalable_target_action: {
      max_capacity?: Text | undefined;
      min_capacity?: Text | undefined;
    };
  };
  aws_appautoscaling_target: {
    id?: Text | undefined;
    max_capacity: Num;
    min_capacity: Num;
    resource_id: Text;
    role_arn?: Text | undefined;
    scalable_dimension: Text;
    service_namespace: Text;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    suspended_state?: {
      dynamic_scaling_in_suspended?: Bool | undefined;
      dynamic_scaling_out_suspended?: Bool | undefined;
      scheduled_scaling_suspended?: Bool | undefined;
    } | undefined;
  };
  aws_budgets_budget: {
    account_id?: Text | undefined;
    budget_type: Text;
    id?: Text | undefined;
    limit_amount?: Text | undefined;
    limit_unit?: Text | undefined;
    name?: Text | undefined;
    name_prefix?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    time_period_end?: Text | undefined;
    time_period_start?: Text | undefined;
    time_unit: Text;
    auto_adjust_data?: {
      auto_adjust_type: Text;
      historical_options?: {
        budget_adjustment_period: Num;
      } | undefined;
    } | undefined;
    cost_filter?: OneOrMore<{
      name: Text;
      values: List<Text>;
    }> | undefined;
    cost_types?: {
      include_credit?: Bool | undefined;
      include_discount?: Bool | undefined;
      include_other_subscription?: Bool | undefined;
      include_recurring?: Bool | undefined;
      include_refund?: Bool | undefined;
      include_subscription?: Bool | undefined;
      include_support?: Bool | undefined;
      include_tax?: Bool | undefined;
      include_upfront?: Bool | undefined;
      use_amortized?: Bool | undefined;
      use_blended?: Bool | undefined;
    } | undefined;
    notification?: OneOrMore<{
      comparison_operator: Text;
      notification_type: Text;
      subscriber_email_addresses?: List<Text> | undefined;
      subscriber_sns_topic_arns?: List<Text> | undefined;
      threshold: Num;
      threshold_type: Text;
    }> | undefined;
    planned_limit?: OneOrMore<{
      amount: Text;
      start_time: Text;
      unit: Text;
    }> | undefined;
  };
  aws_cloudfront_distribution: {
    aliases?: List<Text> | undefined;
    comment?: Text | undefined;
    continuous_deployment_policy_id?: Text | undefined;
    default_root_object?: Text | undefined;
    enabled: Bool;
    http_version?: Text | undefined;
    id?: Text | undefined;
    is_ipv6_enabled?: Bool | undefined;
    price_class?: Text | undefined;
    retain_on_delete?: Bool | undefined;
    staging?: Bool | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    wait_for_deployment?: Bool | undefined;
    web_acl_id?: Text | undefined;
    custom_error_response?: OneOrMore<{
      error_caching_min_ttl?: Num | undefined;
      error_code: Num;
      response_code?: Num | undefined;
      response_page_path?: Text | undefined;
    }> | undefined;
    default_cache_behavior: {
      allowed_methods: List<Text>;
      cache_policy_id?: Text | undefined;
      cached_methods: List<Text>;
      compress?: Bool | undefined;
      default_ttl?: Num | undefined;
      field_level_encryption_id?: Text | undefined;
      max_ttl?: Num | undefined;
      min_ttl?: Num | undefined;
      origin_request_policy_id?: Text | undefined;
      realtime_log_config_arn?: Text | undefined;
      response_headers_policy_id?: Text | undefined;
      smooth_streaming?: Bool | undefined;
      target_origin_id: Text;
      trusted_key_groups?: List<Text> | undefined;
      trusted_signers?: List<Text> | undefined;
      viewer_protocol_policy: Text;
      forwarded_values?: {
        headers?: List<Text> | undefined;
        query_string: Bool;
        query_string_cache_keys?: List<Text> | undefined;
        cookies: {
          forward: Text;
          whitelisted_names?: List<Text> | undefined;
        };
      } | undefined;
      function_association?: OneOrMore<{
        event_type: Text;
        function_arn: Text;
      }> | undefined;
      grpc_config?: {
        enabled?: Bool | undefined;
      } | undefined;
      lambda_function_association?: OneOrMore<{
        event_type: Text;
        include_body?: Bool | undefined;
        lambda_arn: Text;
      }> | undefined;
    };
    logging_config?: {
      bucket: Text;
      include_cookies?: Bool | undefined;
      prefix?: Text | undefined;
    } | undefined;
    ordered_cache_behavior?: OneOrMore<{
      allowed_methods: List<Text>;
      cache_policy_id?: Text | undefined;
      cached_methods: List<Text>;
      compress?: Bool | undefined;
      default_ttl?: Num | undefined;
      field_level_encryption_id?: Text | undefined;
      max_ttl?: Num | undefined;
      min_ttl?: Num | undefined;
      origin_request_policy_id?: Text | undefined;
      path_pattern: Text;
      realtime_log_config_arn?: Text | undefined;
      response_headers_policy_id?: Text | undefined;
      smooth_streaming?: Bool | undefined;
      target_origin_id: Text;
      trusted_key_groups?: List<Text> | undefined;
      trusted_signers?: List<Text> | undefined;
      viewer_protocol_policy: Text;
      forwarded_values?: {
        headers?: List<Text> | undefined;
        query_string: Bool;
        query_string_cache_keys?: List<Text> | undefined;
        cookies: {
          forward: Text;
          whitelisted_names?: List<Text> | undefined;
        };
      } | undefined;
      function_association?: OneOrMore<{
        event_type: Text;
        function_arn: Text;
      }> | undefined;
      grpc_config?: {
        enabled?: Bool | undefined;
      } | undefined;
      lambda_function_association?: OneOrMore<{
        event_type: Text;
        include_body?: Bool | undefined;
        lambda_arn: Text;
      }> | undefined;
    }> | undefined;
    origin: OneOrMore<{
      connection_attempts?: Num | undefined;
      connection_timeout?: Num | undefined;
      domain_name: Text;
      origin_access_control_id?: Text | undefined;
      origin_id: Text;
      origin_path?: Text | undefined;
      custom_header?: OneOrMore<{
        name: Text;
        value: Text;
      }> | undefined;
      custom_origin_config?: {
        http_port: Num;
        https_port: Num;
        origin_keepalive_timeout?: Num | undefined;
        origin_protocol_policy: Text;
        origin_read_timeout?: Num | undefined;
        origin_ssl_protocols: List<Text>;
      } | undefined;
      origin_shield?: {
        enabled: Bool;
        origin_shield_region?: Text | undefined;
      } | undefined;
      s3_origin_config?: {
        origin_access_identity: Text;
      } | undefined;
      vpc_origin_config?: {
        origin_keepalive_timeout?: Num | undefined;
        origin_read_timeout?: Num | undefined;
        vpc_origin_id: Text;
      } | undefined;
    }>;
    origin_group?: OneOrMore<{
      origin_id: Text;
      failover_criteria: {
        status_codes: List<Num>;
      };
      member: OneOrMore<{
        origin_id: Text;
      }>;
    }> | undefined;
    restrictions: {
      geo_restriction: {
        locations?: List<Text> | undefined;
        restriction_type: Text;
      };
    };
    viewer_certificate: {
      acm_certificate_arn?: Text | undefined;
      cloudfront_default_certificate?: Bool | undefined;
      iam_certificate_id?: Text | undefined;
      minimum_protocol_version?: Text | undefined;
      ssl_support_method?: Text | undefined;
    };
  };
  aws_cloudfront_origin_access_control: {
    description?: Text | undefined;
    id?: Text | undefined;
    name: Text;
    origin_access_control_origin_type: Text;
    signing_behavior: Text;
    signing_protocol: Text;
  };
  aws_cloudfront_response_headers_policy: {
    comment?: Text | undefined;
    etag?: Text | undefined;
    id?: Text | undefined;
    name: Text;
    cors_config?: {
      access_control_allow_credentials: Bool;
      access_control_max_age_sec?: Num | undefined;
      origin_override: Bool;
      access_control_allow_headers: {
        items?: List<Text> | undefined;
      };
      access_control_allow_methods: {
        items?: List<Text> | undefined;
      };
      access_control_allow_origins: {
        items?: List<Text> | undefined;
      };
      access_control_expose_headers?: {
        items?: List<Text> | undefined;
      } | undefined;
    } | undefined;
    custom_headers_config?: {
      items?: OneOrMore<{
        header: Text;
        override: Bool;
        value: Text;
      }> | undefined;
    } | undefined;
    remove_headers_config?: {
      items?: OneOrMore<{
        header: Text;
      }> | undefined;
    } | undefined;
    security_headers_config?: {
      content_security_policy?: {
        content_security_policy: Text;
        override: Bool;
      } | undefined;
      content_type_options?: {
        override: Bool;
      } | undefined;
      frame_options?: {
        frame_option: Text;
        override: Bool;
      } | undefined;
      referrer_policy?: {
        override: Bool;
        referrer_policy: Text;
      } | undefined;
      strict_transport_security?: {
        access_control_max_age_sec: Num;
        include_subdomains?: Bool | undefined;
        override: Bool;
        preload?: Bool | undefined;
      } | undefined;
      xss_protection?: {
        mode_block?: Bool | undefined;
        override: Bool;
        protection: Bool;
        report_uri?: Text | undefined;
      } | undefined;
    } | undefined;
    server_timing_headers_config?: {
      enabled: Bool;
      sampling_rate: Num;
    } | undefined;
  };
  aws_cloudwatch_dashboard: {
    dashboard_body: Text;
    dashboard_name: Text;
    id?: Text | undefined;
  };
  aws_cloudwatch_event_rule: {
    description?: Text | undefined;
    event_bus_name?: Text | undefined;
    event_pattern?: Text | undefined;
    force_destroy?: Bool | undefined;
    id?: Text | undefined;
    is_enabled?: Bool | undefined;
    name?: Text | undefined;
    name_prefix?: Text | undefined;
    role_arn?: Text | undefined;
    schedule_expression?: Text | undefined;
    state?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
  };
  aws_cloudwatch_event_target: {
    arn: Text;
    event_bus_name?: Text | undefined;
    force_destroy?: Bool | undefined;
    id?: Text | undefined;
    input?: Text | undefined;
    input_path?: Text | undefined;
    role_arn?: Text | undefined;
    rule: Text;
    target_id?: Text | undefined;
    appsync_target?: {
      graphql_operation?: Text | undefined;
    } | undefined;
    batch_target?: {
      array_size?: Num | undefined;
      job_attempts?: Num | undefined;
      job_definition: Text;
      job_name: Text;
    } | undefined;
    dead_letter_config?: {
      arn?: Text | undefined;
    } | undefined;
    ecs_target?: {
      enable_ecs_managed_tags?: Bool | undefined;
      enable_execute_command?: Bool | undefined;
      group?: Text | undefined;
      launch_type?: Text | undefined;
      platform_version?: Text | undefined;
      propagate_tags?: Text | undefined;
      tags?: MapOf<Text> | undefined;
      task_count?: Num | undefined;
      task_definition_arn: Text;
      capacity_provider_strategy?: OneOrMore<{
        base?: Num | undefined;
        capacity_provider: Text;
        weight?: Num | undefined;
      }> | undefined;
      network_configuration?: {
        assign_public_ip?: Bool | undefined;
        security_groups?: List<Text> | undefined;
        subnets: List<Text>;
      } | undefined;
      ordered_placement_strategy?: OneOrMore<{
        field?: Text | undefined;
        type: Text;
      }> | undefined;
      placement_constraint?: OneOrMore<{
        expression?: Text | undefined;
        type: Text;
      }> | undefined;
    } | undefined;
    http_target?: {
      header_parameters?: MapOf<Text> | undefined;
      path_parameter_values?: List<Text> | undefined;
      query_string_parameters?: MapOf<Text> | undefined;
    } | undefined;
    input_transformer?: {
      input_paths?: MapOf<Text> | undefined;
      input_template: Text;
    } | undefined;
    kinesis_target?: {
      partition_key_path?: Text | undefined;
    } | undefined;
    redshift_target?: {
      database: Text;
      db_user?: Text | undefined;
      secrets_manager_arn?: Text | undefined;
      sql?: Text | undefined;
      statement_name?: Text | undefined;
      with_event?: Bool | undefined;
    } | undefined;
    retry_policy?: {
      maximum_event_age_in_seconds?: Num | undefined;
      maximum_retry_attempts?: Num | undefined;
    } | undefined;
    run_command_targets?: OneOrMore<{
      key: Text;
      values: List<Text>;
    }> | undefined;
    sagemaker_pipeline_target?: {
      pipeline_parameter_list?: OneOrMore<{
        name: Text;
        value: Text;
      }> | undefined;
    } | undefined;
    sqs_target?: {
      message_group_id?: Text | undefined;
    } | undefined;
  };
  aws_cloudwatch_log_group: {
    id?: Text | undefined;
    kms_key_id?: Text | undefined;
    log_group_class?: Text | undefined;
    name?: Text | undefined;
    name_prefix?: Text | undefined;
    retention_in_days?: Num | undefined;
    skip_destroy?: Bool | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
  };
  aws_cloudwatch_log_metric_filter: {
    id?: Text | undefined;
    log_group_name: Text;
    name: Text;
    pattern: Text;
    metric_transformation: {
      default_value?: Text | undefined;
      dimensions?: MapOf<Text> | undefined;
      name: Text;
      namespace: Text;
      unit?: Text | undefined;
      value: Text;
    };
  };
  aws_cloudwatch_log_resource_policy: {
    id?: Text | undefined;
    policy_document: Text;
    policy_name: Text;
  };
  aws_cloudwatch_log_stream: {
    id?: Text | undefined;
    log_group_name: Text;
    name: Text;
  };
  aws_cloudwatch_log_subscription_filter: {
    destination_arn: Text;
    distribution?: Text | undefined;
    filter_pattern: Text;
    id?: Text | undefined;
    log_group_name: Text;
    name: Text;
    role_arn?: Text | undefined;
  };
  aws_cloudwatch_metric_alarm: {
    actions_enabled?: Bool | undefined;
    alarm_actions?: List<Text> | undefined;
    alarm_description?: Text | undefined;
    alarm_name: Text;
    comparison_operator: Text;
    datapoints_to_alarm?: Num | undefined;
    dimensions?: MapOf<Text> | undefined;
    evaluate_low_sample_count_percentiles?: Text | undefined;
    evaluation_periods: Num;
    extended_statistic?: Text | undefined;
    id?: Text | undefined;
    insufficient_data_actions?: List<Text> | undefined;
    metric_name?: Text | undefined;
    namespace?: Text | undefined;
    ok_actions?: List<Text> | undefined;
    period?: Num | undefined;
    statistic?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    threshold?: Num | undefined;
    threshold_metric_id?: Text | undefined;
    treat_missing_data?: Text | undefined;
    unit?: Text | undefined;
    metric_query?: OneOrMore<{
      account_id?: Text | undefined;
      expression?: Text | undefined;
      id: Text;
      label?: Text | undefined;
      period?: Num | undefined;
      return_data?: Bool | undefined;
      metric?: {
        dimensions?: MapOf<Text> | undefined;
        metric_name: Text;
        namespace?: Text | undefined;
        period: Num;
        stat: Text;
        unit?: Text | undefined;
      } | undefined;
    }> | undefined;
  };
  aws_codebuild_project: {
    badge_enabled?: Bool | undefined;
    build_timeout?: Num | undefined;
    concurrent_build_limit?: Num | undefined;
    description?: Text | undefined;
    encryption_key?: Text | undefined;
    id?: Text | undefined;
    name: Text;
    project_visibility?: Text | undefined;
    queued_timeout?: Num | undefined;
    resource_access_role?: Text | undefined;
    service_role: Text;
    source_version?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    artifacts: {
      artifact_identifier?: Text | undefined;
      bucket_owner_access?: Text | undefined;
      encryption_disabled?: Bool | undefined;
      location?: Text | undefined;
      name?: Text | undefined;
      namespace_type?: Text | undefined;
      override_artifact_name?: Bool | undefined;
      packaging?: Text | undefined;
      path?: Text | undefined;
      type: Text;
    };
    build_batch_config?: {
      combine_artifacts?: Bool | undefined;
      service_role: Text;
      timeout_in_mins?: Num | undefined;
      restrictions?: {
        compute_types_allowed?: List<Text> | undefined;
        maximum_builds_allowed?: Num | undefined;
      } | undefined;
    } | undefined;
    cache?: {
      location?: Text | undefined;
      modes?: List<Text> | undefined;
      type?: Text | undefined;
    } | undefined;
    environment: {
      certificate?: Text | undefined;
      compute_type: Text;
      image: Text;
      image_pull_credentials_type?: Text | undefined;
      privileged_mode?: Bool | undefined;
      type: Text;
      environment_variable?: OneOrMore<{
        name: Text;
        type?: Text | undefined;
        value: Text;
      }> | undefined;
      fleet?: {
        fleet_arn?: Text | undefined;
      } | undefined;
      registry_credential?: {
        credential: Text;
        credential_provider: Text;
      } | undefined;
    };
    file_system_locations?: OneOrMore<{
      identifier?: Text | undefined;
      location?: Text | undefined;
      mount_options?: Text | undefined;
      mount_point?: Text | undefined;
      type?: Text | undefined;
    }> | undefined;
    logs_config?: {
      cloudwatch_logs?: {
        group_name?: Text | undefined;
        status?: Text | undefined;
        stream_name?: Text | undefined;
      } | undefined;
      s3_logs?: {
        bucket_owner_access?: Text | undefined;
        encryption_disabled?: Bool | undefined;
        location?: Text | undefined;
        status?: Text | undefined;
      } | undefined;
    } | undefined;
    secondary_artifacts?: OneOrMore<{
      artifact_identifier: Text;
      bucket_owner_access?: Text | undefined;
      encryption_disabled?: Bool | undefined;
      location?: Text | undefined;
      name?: Text | undefined;
      namespace_type?: Text | undefined;
      override_artifact_name?: Bool | undefined;
      packaging?: Text | undefined;
      path?: Text | undefined;
      type: Text;
    }> | undefined;
    secondary_source_version?: OneOrMore<{
      source_identifier: Text;
      source_version: Text;
    }> | undefined;
    secondary_sources?: OneOrMore<{
      buildspec?: Text | undefined;
      git_clone_depth?: Num | undefined;
      insecure_ssl?: Bool | undefined;
      location?: Text | undefined;
      report_build_status?: Bool | undefined;
      source_identifier: Text;
      type: Text;
      auth?: {
        resource: Text;
        type: Text;
      } | undefined;
      build_status_config?: {
        context?: Text | undefined;
        target_url?: Text | undefined;
      } | undefined;
      git_submodules_config?: {
        fetch_submodules: Bool;
      } | undefined;
    }> | undefined;
    source: {
      buildspec?: Text | undefined;
      git_clone_depth?: Num | undefined;
      insecure_ssl?: Bool | undefined;
      location?: Text | undefined;
      report_build_status?: Bool | undefined;
      type: Text;
      auth?: {
        resource: Text;
        type: Text;
      } | undefined;
      build_status_config?: {
        context?: Text | undefined;
        target_url?: Text | undefined;
      } | undefined;
      git_submodules_config?: {
        fetch_submodules: Bool;
      } | undefined;
    };
    vpc_config?: {
      security_group_ids: List<Text>;
      subnets: List<Text>;
      vpc_id: Text;
    } | undefined;
  };
  aws_codebuild_source_credential: {
    auth_type: Text;
    id?: Text | undefined;
    server_type: Text;
    token: Text;
    user_name?: Text | undefined;
  };
  aws_codebuild_webhook: {
    branch_filter?: Text | undefined;
    build_type?: Text | undefined;
    id?: Text | undefined;
    manual_creation?: Bool | undefined;
    project_name: Text;
    filter_group?: OneOrMore<{
      filter?: OneOrMore<{
        exclude_matched_pattern?: Bool | undefined;
        pattern: Text;
        type: Text;
      }> | undefined;
    }> | undefined;
    scope_configuration?: {
      domain?: Text | undefined;
      name: Text;
      scope: Text;
    } | undefined;
  };
  aws_codecommit_repository: {
    default_branch?: Text | undefined;
    description?: Text | undefined;
    id?: Text | undefined;
    kms_key_id?: Text | undefined;
    repository_name: Text;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
  };
  aws_codeconnections_connection: {
    host_arn?: Text | undefined;
    name: Text;
    provider_type?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_codepipeline: {
    execution_mode?: Text | undefined;
    id?: Text | undefined;
    name: Text;
    pipeline_type?: Text | undefined;
    role_arn: Text;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    artifact_store: OneOrMore<{
      location: Text;
      region?: Text | undefined;
      type: Text;
      encryption_key?: {
        id: Text;
        type: Text;
      } | undefined;
    }>;
    stage: OneOrMore<{
      name: Text;
      action: OneOrMore<{
        category: Text;
        configuration?: MapOf<Text> | undefined;
        input_artifacts?: List<Text> | undefined;
        name: Text;
        namespace?: Text | undefined;
        output_artifacts?: List<Text> | undefined;
        owner: Text;
        provider: Text;
        region?: Text | undefined;
        role_arn?: Text | undefined;
        run_order?: Num | undefined;
        timeout_in_minutes?: Num | undefined;
        version: Text;
      }>;
      before_entry?: {
        condition: {
          result?: Text | undefined;
          rule: OneOrMore<{
            commands?: List<Text> | undefined;
            configuration?: MapOf<Text> | undefined;
            input_artifacts?: List<Text> | undefined;
            name: Text;
            region?: Text | undefined;
            role_arn?: Text | undefined;
            timeout_in_minutes?: Num | undefined;
            rule_type_id: {
              category: Text;
              owner?: Text | undefined;
              provider: Text;
              version?: Text | undefined;
            };
          }>;
        };
      } | undefined;
      on_failure?: {
        result?: Text | undefined;
        condition?: {
          result?: Text | undefined;
          rule: OneOrMore<{
            commands?: List<Text> | undefined;
            configuration?: MapOf<Text> | undefined;
            input_artifacts?: List<Text> | undefined;
            name: Text;
            region?: Text | undefined;
            role_arn?: Text | undefined;
            timeout_in_minutes?: Num | undefined;
            rule_type_id: {
              category: Text;
              owner?: Text | undefined;
              provider: Text;
              version?: Text | undefined;
            };
          }>;
        } | undefined;
        retry_configuration?: {
          retry_mode?: Text | undefined;
        } | undefined;
      } | undefined;
      on_success?: {
        condition: {
          result?: Text | undefined;
          rule: OneOrMore<{
            commands?: List<Text> | undefined;
            configuration?: MapOf<Text> | undefined;
            input_artifacts?: List<Text> | undefined;
            name: Text;
            region?: Text | undefined;
            role_arn?: Text | undefined;
            timeout_in_minutes?: Num | undefined;
            rule_type_id: {
              category: Text;
              owner?: Text | undefined;
              provider: Text;
              version?: Text | undefined;
            };
          }>;
        };
      } | undefined;
    }>;
    trigger?: OneOrMore<{
      provider_type: Text;
      git_configuration: {
        source_action_name: Text;
        pull_request?: OneOrMore<{
          events?: List<Text> | undefined;
          branches?: {
            excludes?: List<Text> | undefined;
            includes?: List<Text> | undefined;
          } | undefined;
          file_paths?: {
            excludes?: List<Text> | undefined;
            includes?: List<Text> | undefined;
          } | undefined;
        }> | undefined;
        push?: OneOrMore<{
          branches?: {
            excludes?: List<Text> | undefined;
            includes?: List<Text> | undefined;
          } | undefined;
          file_paths?: {
            excludes?: List<Text> | undefined;
            includes?: List<Text> | undefined;
          } | undefined;
          tags?: {
            excludes?: List<Text> | undefined;
            includes?: List<Text> | undefined;
          } | undefined;
        }> | undefined;
      };
    }> | undefined;
    variable?: OneOrMore<{
      default_value?: Text | undefined;
      description?: Text | undefined;
      name: Text;
    }> | undefined;
  };
  aws_codestarnotifications_notification_rule: {
    detail_type: Text;
    event_type_ids: List<Text>;
    id?: Text | undefined;
    name: Text;
    resource: Text;
    status?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    target?: OneOrMore<{
      address: Text;
      type?: Text | undefined;
    }> | undefined;
  };
  aws_cognito_identity_provider: {
    attribute_mapping?: MapOf<Text> | undefined;
    id?: Text | undefined;
    idp_identifiers?: List<Text> | undefined;
    provider_details: MapOf<Text>;
    provider_name: Text;
    provider_type: Text;
    user_pool_id: Text;
  };
  aws_cognito_resource_server: {
    id?: Text | undefined;
    identifier: Text;
    name: Text;
    user_pool_id: Text;
    scope?: OneOrMore<{
      scope_description: Text;
      scope_name: Text;
    }> | undefined;
  };
  aws_cognito_user_group: {
    description?: Text | undefined;
    id?: Text | undefined;
    name: Text;
    precedence?: Num | undefined;
    role_arn?: Text | undefined;
    user_pool_id: Text;
  };
  aws_cognito_user_pool: {
    alias_attributes?: List<Text> | undefined;
    auto_verified_attributes?: List<Text> | undefined;
    deletion_protection?: Text | undefined;
    email_verification_message?: Text | undefined;
    email_verification_subject?: Text | undefined;
    id?: Text | undefined;
    mfa_configuration?: Text | undefined;
    name: Text;
    sms_authentication_message?: Text | undefined;
    sms_verification_message?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    user_pool_tier?: Text | undefined;
    username_attributes?: List<Text> | undefined;
    account_recovery_setting?: {
      recovery_mechanism?: OneOrMore<{
        name: Text;
        priority: Num;
      }> | undefined;
    } | undefined;
    admin_create_user_config?: {
      allow_admin_create_user_only?: Bool | undefined;
      invite_message_template?: {
        email_message?: Text | undefined;
        email_subject?: Text | undefined;
        sms_message?: Text | undefined;
      } | undefined;
    } | undefined;
    device_configuration?: {
      challenge_required_on_new_device?: Bool | undefined;
      device_only_remembered_on_user_prompt?: Bool | undefined;
    } | undefined;
    email_configuration?: {
      configuration_set?: Text | undefined;
      email_sending_account?: Text | undefined;
      from_email_address?: Text | undefined;
      reply_to_email_address?: Text | undefined;
      source_arn?: Text | undefined;
    } | undefined;
    email_mfa_configuration?: {
      message?: Text | undefined;
      subject?: Text | undefined;
    } | undefined;
    lambda_config?: {
      create_auth_challenge?: Text | undefined;
      custom_message?: Text | undefined;
      define_auth_challenge?: Text | undefined;
      kms_key_id?: Text | undefined;
      post_authentication?: Text | undefined;
      post_confirmation?: Text | undefined;
      pre_authentication?: Text | undefined;
      pre_sign_up?: Text | undefined;
      pre_token_generation?: Text | undefined;
      user_migration?: Text | undefined;
      verify_auth_challenge_response?: Text | undefined;
      custom_email_sender?: {
        lambda_arn: Text;
        lambda_version: Text;
      } | undefined;
      custom_sms_sender?: {
        lambda_arn: Text;
        lambda_version: Text;
      } | undefined;
      pre_token_generation_config?: {
        lambda_arn: Text;
        lambda_version: Text;
      } | undefined;
    } | undefined;
    password_policy?: {
      minimum_length?: Num | undefined;
      password_history_size?: Num | undefined;
      require_lowercase?: Bool | undefined;
      require_numbers?: Bool | undefined;
      require_symbols?: Bool | undefined;
      require_uppercase?: Bool | undefined;
      temporary_password_validity_days?: Num | undefined;
    } | undefined;
    schema?: OneOrMore<{
      attribute_data_type: Text;
      developer_only_attribute?: Bool | undefined;
      mutable?: Bool | undefined;
      name: Text;
      required?: Bool | undefined;
      number_attribute_constraints?: {
        max_value?: Text | undefined;
        min_value?: Text | undefined;
      } | undefined;
      string_attribute_constraints?: {
        max_length?: Text | undefined;
        min_length?: Text | undefined;
      } | undefined;
    }> | undefined;
    sign_in_policy?: {
      allowed_first_auth_factors?: List<Text> | undefined;
    } | undefined;
    sms_configuration?: {
      external_id: Text;
      sns_caller_arn: Text;
      sns_region?: Text | undefined;
    } | undefined;
    software_token_mfa_configuration?: {
      enabled: Bool;
    } | undefined;
    user_attribute_update_settings?: {
      attributes_require_verification_before_update: List<Text>;
    } | undefined;
    user_pool_add_ons?: {
      advanced_security_mode: Text;
      advanced_security_additional_flows?: {
        custom_auth_mode?: Text | undefined;
      } | undefined;
    } | undefined;
    username_configuration?: {
      case_sensitive?: Bool | undefined;
    } | undefined;
    verification_message_template?: {
      default_email_option?: Text | undefined;
      email_message?: Text | undefined;
      email_message_by_link?: Text | undefined;
      email_subject?: Text | undefined;
      email_subject_by_link?: Text | undefined;
      sms_message?: Text | undefined;
    } | undefined;
    web_authn_configuration?: {
      relying_party_id?: Text | undefined;
      user_verification?: Text | undefined;
    } | undefined;
  };
  aws_cognito_user_pool_client: {
    access_token_validity?: Num | undefined;
    allowed_oauth_flows?: List<Text> | undefined;
    allowed_oauth_flows_user_pool_client?: Bool | undefined;
    allowed_oauth_scopes?: List<Text> | undefined;
    auth_session_validity?: Num | undefined;
    callback_urls?: List<Text> | undefined;
    default_redirect_uri?: Text | undefined;
    enable_propagate_additional_user_context_data?: Bool | undefined;
    enable_token_revocation?: Bool | undefined;
    explicit_auth_flows?: List<Text> | undefined;
    generate_secret?: Bool | undefined;
    id_token_validity?: Num | undefined;
    logout_urls?: List<Text> | undefined;
    name: Text;
    prevent_user_existence_errors?: Text | undefined;
    read_attributes?: List<Text> | undefined;
    refresh_token_validity?: Num | undefined;
    supported_identity_providers?: List<Text> | undefined;
    user_pool_id: Text;
    write_attributes?: List<Text> | undefined;
    analytics_configuration?: OneOrMore<{
      application_arn?: Text | undefined;
      application_id?: Text | undefined;
      external_id?: Text | undefined;
      role_arn?: Text | undefined;
      user_data_shared?: Bool | undefined;
    }> | undefined;
    refresh_token_rotation?: OneOrMore<{
      feature: Text;
      retry_grace_period_seconds?: Num | undefined;
    }> | undefined;
    token_validity_units?: OneOrMore<{
      access_token?: Text | undefined;
      id_token?: Text | undefined;
      refresh_token?: Text | undefined;
    }> | undefined;
  };
  aws_cognito_user_pool_domain: {
    certificate_arn?: Text | undefined;
    domain: Text;
    id?: Text | undefined;
    managed_login_version?: Num | undefined;
    user_pool_id: Text;
  };
  aws_db_instance: {
    allocated_storage?: Num | undefined;
    allow_major_version_upgrade?: Bool | undefined;
    apply_immediately?: Bool | undefined;
    auto_minor_version_upgrade?: Bool | undefined;
    availability_zone?: Text | undefined;
    backup_retention_period?: Num | undefined;
    backup_target?: Text | undefined;
    backup_window?: Text | undefined;
    ca_cert_identifier?: Text | undefined;
    character_set_name?: Text | undefined;
    copy_tags_to_snapshot?: Bool | undefined;
    custom_iam_instance_profile?: Text | undefined;
    customer_owned_ip_enabled?: Bool | undefined;
    database_insights_mode?: Text | undefined;
    db_name?: Text | undefined;
    db_subnet_group_name?: Text | undefined;
    dedicated_log_volume?: Bool | undefined;
    delete_automated_backups?: Bool | undefined;
    deletion_protection?: Bool | undefined;
    domain?: Text | undefined;
    domain_auth_secret_arn?: Text | undefined;
    domain_dns_ips?: List<Text> | undefined;
    domain_fqdn?: Text | undefined;
    domain_iam_role_name?: Text | undefined;
    domain_ou?: Text | undefined;
    enabled_cloudwatch_logs_exports?: List<Text> | undefined;
    engine?: Text | undefined;
    engine_lifecycle_support?: Text | undefined;
    engine_version?: Text | undefined;
    final_snapshot_identifier?: Text | undefined;
    iam_database_authentication_enabled?: Bool | undefined;
    id?: Text | undefined;
    identifier?: Text | undefined;
    identifier_prefix?: Text | undefined;
    instance_class: Text;
    iops?: Num | undefined;
    kms_key_id?: Text | undefined;
    license_model?: Text | undefined;
    maintenance_window?: Text | undefined;
    manage_master_user_password?: Bool | undefined;
    master_user_secret_kms_key_id?: Text | undefined;
    max_allocated_storage?: Num | undefined;
    monitoring_interval?: Num | undefined;
    monitoring_role_arn?: Text | undefined;
    multi_az?: Bool | undefined;
    nchar_character_set_name?: Text | undefined;
    network_type?: Text | undefined;
    option_group_name?: Text | undefined;
    parameter_group_name?: Text | undefined;
    password?: Text | undefined;
    password_wo?: Text | undefined;
    password_wo_version?: Num | undefined;
    performance_insights_enabled?: Bool | undefined;
    performance_insights_kms_key_id?: Text | undefined;
    performance_insights_retention_period?: Num | undefined;
    port?: Num | undefined;
    publicly_accessible?: Bool | undefined;
    replica_mode?: Text | undefined;
    replicate_source_db?: Text | undefined;
    skip_final_snapshot?: Bool | undefined;
    snapshot_identifier?: Text | undefined;
    storage_encrypted?: Bool | undefined;
    storage_throughput?: Num | undefined;
    storage_type?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    timezone?: Text | undefined;
    upgrade_storage_config?: Bool | undefined;
    username?: Text | undefined;
    vpc_security_group_ids?: List<Text> | undefined;
    blue_green_update?: {
      enabled?: Bool | undefined;
    } | undefined;
    restore_to_point_in_time?: {
      restore_time?: Text | undefined;
      source_db_instance_automated_backups_arn?: Text | undefined;
      source_db_instance_identifier?: Text | undefined;
      source_dbi_resource_id?: Text | undefined;
      use_latest_restorable_time?: Bool | undefined;
    } | undefined;
    s3_import?: {
      bucket_name: Text;
      bucket_prefix?: Text | undefined;
      ingestion_role: Text;
      source_engine: Text;
      source_engine_version: Text;
    } | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_db_parameter_group: {
    description?: Text | undefined;
    family: Text;
    id?: Text | undefined;
    name?: Text | undefined;
    name_prefix?: Text | undefined;
    skip_destroy?: Bool | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    parameter?: OneOrMore<{
      apply_method?: Text | undefined;
      name: Text;
      value: Text;
    }> | undefined;
  };
  aws_db_proxy: {
    debug_logging?: Bool | undefined;
    engine_family: Text;
    id?: Text | undefined;
    idle_client_timeout?: Num | undefined;
    name: Text;
    require_tls?: Bool | undefined;
    role_arn: Text;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    vpc_security_group_ids?: List<Text> | undefined;
    vpc_subnet_ids: List<Text>;
    auth: OneOrMore<{
      auth_scheme?: Text | undefined;
      client_password_auth_type?: Text | undefined;
      description?: Text | undefined;
      iam_auth?: Text | undefined;
      secret_arn?: Text | undefined;
      username?: Text | undefined;
    }>;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_db_subnet_group: {
    description?: Text | undefined;
    id?: Text | undefined;
    name?: Text | undefined;
    name_prefix?: Text | undefined;
    subnet_ids: List<Text>;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
  };
  aws_default_security_group: {
    egress?: List<{ cidr_blocks?: List<Text> | undefined; description?: Text | undefined; from_port?: Num | undefined; ipv6_cidr_blocks?: List<Text> | undefined; prefix_list_ids?: List<Text> | undefined; protocol?: Text | undefined; security_groups?: List<Text> | undefined; self?: Bool | undefined; to_port?: Num | undefined }> | undefined;
    id?: Text | undefined;
    ingress?: List<{ cidr_blocks?: List<Text> | undefined; description?: Text | undefined; from_port?: Num | undefined; ipv6_cidr_blocks?: List<Text> | undefined; prefix_list_ids?: List<Text> | undefined; protocol?: Text | undefined; security_groups?: List<Text> | undefined; self?: Bool | undefined; to_port?: Num | undefined }> | undefined;
    revoke_rules_on_delete?: Bool | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    vpc_id?: Text | undefined;
  };
  aws_dynamodb_table: {
    billing_mode?: Text | undefined;
    deletion_protection_enabled?: Bool | undefined;
    hash_key?: Text | undefined;
    id?: Text | undefined;
    name: Text;
    range_key?: Text | undefined;
    read_capacity?: Num | undefined;
    restore_date_time?: Text | undefined;
    restore_source_name?: Text | undefined;
    restore_source_table_arn?: Text | undefined;
    restore_to_latest_time?: Bool | undefined;
    stream_enabled?: Bool | undefined;
    stream_view_type?: Text | undefined;
    table_class?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    write_capacity?: Num | undefined;
    attribute?: OneOrMore<{
      name: Text;
      type: Text;
    }> | undefined;
    global_secondary_index?: OneOrMore<{
      hash_key: Text;
      name: Text;
      non_key_attributes?: List<Text> | undefined;
      projection_type: Text;
      range_key?: Text | undefined;
      read_capacity?: Num | undefined;
      write_capacity?: Num | undefined;
      on_demand_throughput?: {
        max_read_request_units?: Num | undefined;
        max_write_request_units?: Num | undefined;
      } | undefined;
    }> | undefined;
    import_table?: {
      input_compression_type?: Text | undefined;
      input_format: Text;
      input_format_options?: {
        csv?: {
          delimiter?: Text | undefined;
          header_list?: List<Text> | undefined;
        } | undefined;
      } | undefined;
      s3_bucket_source: {
        bucket: Text;
        bucket_owner?: Text | undefined;
        key_prefix?: Text | undefined;
      };
    } | undefined;
    local_secondary_index?: OneOrMore<{
      name: Text;
      non_key_attributes?: List<Text> | undefined;
      projection_type: Text;
      range_key: Text;
    }> | undefined;
    on_demand_throughput?: {
      max_read_request_units?: Num | undefined;
      max_write_request_units?: Num | undefined;
    } | undefined;
    point_in_time_recovery?: {
      enabled: Bool;
      recovery_period_in_days?: Num | undefined;
    } | undefined;
    replica?: OneOrMore<{
      kms_key_arn?: Text | undefined;
      point_in_time_recovery?: Bool | undefined;
      propagate_tags?: Bool | undefined;
      region_name: Text;
    }> | undefined;
    server_side_encryption?: {
      enabled: Bool;
      kms_key_arn?: Text | undefined;
    } | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
    ttl?: {
      attribute_name?: Text | undefined;
      enabled?: Bool | undefined;
    } | undefined;
  };
  aws_ecr_lifecycle_policy: {
    id?: Text | undefined;
    policy: Text;
    repository: Text;
  };
  aws_ecr_repository: {
    force_delete?: Bool | undefined;
    id?: Text | undefined;
    image_tag_mutability?: Text | undefined;
    name: Text;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    encryption_configuration?: OneOrMore<{
      encryption_type?: Text | undefined;
      kms_key?: Text | undefined;
    }> | undefined;
    image_scanning_configuration?: {
      scan_on_push: Bool;
    } | undefined;
    timeouts?: {
      delete?: Text | undefined;
    } | undefined;
  };
  aws_ecr_repository_policy: {
    id?: Text | undefined;
    policy: Text;
    repository: Text;
  };
  aws_ecs_cluster: {
    id?: Text | undefined;
    name: Text;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    configuration?: {
      execute_command_configuration?: {
        kms_key_id?: Text | undefined;
        logging?: Text | undefined;
        log_configuration?: {
          cloud_watch_encryption_enabled?: Bool | undefined;
          cloud_watch_log_group_name?: Text | undefined;
          s3_bucket_encryption_enabled?: Bool | undefined;
          s3_bucket_name?: Text | undefined;
          s3_key_prefix?: Text | undefined;
        } | undefined;
      } | undefined;
      managed_storage_configuration?: {
        fargate_ephemeral_storage_kms_key_id?: Text | undefined;
        kms_key_id?: Text | undefined;
      } | undefined;
    } | undefined;
    service_connect_defaults?: {
      namespace: Text;
    } | undefined;
    setting?: OneOrMore<{
      name: Text;
      value: Text;
    }> | undefined;
  };
  aws_ecs_cluster_capacity_providers: {
    capacity_providers?: List<Text> | undefined;
    cluster_name: Text;
    id?: Text | undefined;
    default_capacity_provider_strategy?: OneOrMore<{
      base?: Num | undefined;
      capacity_provider: Text;
      weight?: Num | undefined;
    }> | undefined;
  };
  aws_ecs_express_gateway_service: {
    cluster?: Text | undefined;
    cpu?: Text | undefined;
    execution_role_arn: Text;
    health_check_path?: Text | undefined;
    infrastructure_role_arn: Text;
    memory?: Text | undefined;
    region?: Text | undefined;
    service_name?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    task_role_arn?: Text | undefined;
    wait_for_steady_state?: Bool | undefined;
    network_configuration?: OneOrMore<{
      security_groups?: List<Text> | undefined;
      subnets?: List<Text> | undefined;
    }> | undefined;
    primary_container?: OneOrMore<{
      command?: List<Text> | undefined;
      container_port?: Num | undefined;
      image: Text;
      aws_logs_configuration?: OneOrMore<{
        log_group?: Text | undefined;
        log_stream_prefix?: Text | undefined;
      }> | undefined;
      environment?: OneOrMore<{
        name: Text;
        value: Text;
      }> | undefined;
      repository_credentials?: OneOrMore<{
        credentials_parameter: Text;
      }> | undefined;
      secret?: OneOrMore<{
        name: Text;
        value_from: Text;
      }> | undefined;
    }> | undefined;
    scaling_target?: OneOrMore<{
      auto_scaling_metric?: Text | undefined;
      auto_scaling_target_value?: Num | undefined;
      max_task_count?: Num | undefined;
      min_task_count?: Num | undefined;
    }> | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_ecs_service: {
    availability_zone_rebalancing?: Text | undefined;
    cluster?: Text | undefined;
    deployment_maximum_percent?: Num | undefined;
    deployment_minimum_healthy_percent?: Num | undefined;
    desired_count?: Num | undefined;
    enable_ecs_managed_tags?: Bool | undefined;
    enable_execute_command?: Bool | undefined;
    force_delete?: Bool | undefined;
    force_new_deployment?: Bool | undefined;
    health_check_grace_period_seconds?: Num | undefined;
    iam_role?: Text | undefined;
    id?: Text | undefined;
    launch_type?: Text | undefined;
    name: Text;
    platform_version?: Text | undefined;
    propagate_tags?: Text | undefined;
    scheduling_strategy?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    task_definition?: Text | undefined;
    triggers?: MapOf<Text> | undefined;
    wait_for_steady_state?: Bool | undefined;
    alarms?: {
      alarm_names: List<Text>;
      enable: Bool;
      rollback: Bool;
    } | undefined;
    capacity_provider_strategy?: OneOrMore<{
      base?: Num | undefined;
      capacity_provider: Text;
      weight?: Num | undefined;
    }> | undefined;
    deployment_circuit_breaker?: {
      enable: Bool;
      rollback: Bool;
    } | undefined;
    deployment_controller?: {
      type?: Text | undefined;
    } | undefined;
    load_balancer?: OneOrMore<{
      container_name: Text;
      container_port: Num;
      elb_name?: Text | undefined;
      target_group_arn?: Text | undefined;
    }> | undefined;
    network_configuration?: {
      assign_public_ip?: Bool | undefined;
      security_groups?: List<Text> | undefined;
      subnets: List<Text>;
    } | undefined;
    ordered_placement_strategy?: OneOrMore<{
      field?: Text | undefined;
      type: Text;
    }> | undefined;
    placement_constraints?: OneOrMore<{
      expression?: Text | undefined;
      type: Text;
    }> | undefined;
    service_connect_configuration?: {
      enabled: Bool;
      namespace?: Text | undefined;
      log_configuration?: {
        log_driver: Text;
        options?: MapOf<Text> | undefined;
        secret_option?: OneOrMore<{
          name: Text;
          value_from: Text;
        }> | undefined;
      } | undefined;
      service?: OneOrMore<{
        discovery_name?: Text | undefined;
        ingress_port_override?: Num | undefined;
        port_name: Text;
        client_alias?: {
          dns_name?: Text | undefined;
          port: Num;
        } | undefined;
        timeout?: {
          idle_timeout_seconds?: Num | undefined;
          per_request_timeout_seconds?: Num | undefined;
        } | undefined;
        tls?: {
          kms_key?: Text | undefined;
          role_arn?: Text | undefined;
          issuer_cert_authority: {
            aws_pca_authority_arn: Text;
          };
        } | undefined;
      }> | undefined;
    } | undefined;
    service_registries?: {
      container_name?: Text | undefined;
      container_port?: Num | undefined;
      port?: Num | undefined;
      registry_arn: Text;
    } | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
    volume_configuration?: {
      name: Text;
      managed_ebs_volume: {
        encrypted?: Bool | undefined;
        file_system_type?: Text | undefined;
        iops?: Num | undefined;
        kms_key_id?: Text | undefined;
        role_arn: Text;
        size_in_gb?: Num | undefined;
        snapshot_id?: Text | undefined;
        throughput?: Num | undefined;
        volume_initialization_rate?: Num | undefined;
        volume_type?: Text | undefined;
        tag_specifications?: OneOrMore<{
          propagate_tags?: Text | undefined;
          resource_type: Text;
          tags?: MapOf<Text> | undefined;
        }> | undefined;
      };
    } | undefined;
    vpc_lattice_configurations?: OneOrMore<{
      port_name: Text;
      role_arn: Text;
      target_group_arn: Text;
    }> | undefined;
  };
  aws_ecs_task_definition: {
    container_definitions: Text;
    cpu?: Text | undefined;
    enable_fault_injection?: Bool | undefined;
    execution_role_arn?: Text | undefined;
    family: Text;
    id?: Text | undefined;
    ipc_mode?: Text | undefined;
    memory?: Text | undefined;
    network_mode?: Text | undefined;
    pid_mode?: Text | undefined;
    requires_compatibilities?: List<Text> | undefined;
    skip_destroy?: Bool | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    task_role_arn?: Text | undefined;
    track_latest?: Bool | undefined;
    ephemeral_storage?: {
      size_in_gib: Num;
    } | undefined;
    placement_constraints?: OneOrMore<{
      expression?: Text | undefined;
      type: Text;
    }> | undefined;
    proxy_configuration?: {
      container_name: Text;
      properties?: MapOf<Text> | undefined;
      type?: Text | undefined;
    } | undefined;
    runtime_platform?: {
      cpu_architecture?: Text | undefined;
      operating_system_family?: Text | undefined;
    } | undefined;
    volume?: OneOrMore<{
      configure_at_launch?: Bool | undefined;
      host_path?: Text | undefined;
      name: Text;
      docker_volume_configuration?: {
        autoprovision?: Bool | undefined;
        driver?: Text | undefined;
        driver_opts?: MapOf<Text> | undefined;
        labels?: MapOf<Text> | undefined;
        scope?: Text | undefined;
      } | undefined;
      efs_volume_configuration?: {
        file_system_id: Text;
        root_directory?: Text | undefined;
        transit_encryption?: Text | undefined;
        transit_encryption_port?: Num | undefined;
        authorization_config?: {
          access_point_id?: Text | undefined;
          iam?: Text | undefined;
        } | undefined;
      } | undefined;
      fsx_windows_file_server_volume_configuration?: {
        file_system_id: Text;
        root_directory: Text;
        authorization_config: {
          credentials_parameter: Text;
          domain: Text;
        };
      } | undefined;
    }> | undefined;
  };
  aws_efs_access_point: {
    file_system_id: Text;
    id?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    posix_user?: {
      gid: Num;
      secondary_gids?: List<Num> | undefined;
      uid: Num;
    } | undefined;
    root_directory?: {
      path?: Text | undefined;
      creation_info?: {
        owner_gid: Num;
        owner_uid: Num;
        permissions: Text;
      } | undefined;
    } | undefined;
  };
  aws_efs_backup_policy: {
    file_system_id: Text;
    id?: Text | undefined;
    backup_policy: {
      status: Text;
    };
  };
  aws_efs_file_system: {
    availability_zone_name?: Text | undefined;
    creation_token?: Text | undefined;
    encrypted?: Bool | undefined;
    id?: Text | undefined;
    kms_key_id?: Text | undefined;
    performance_mode?: Text | undefined;
    provisioned_throughput_in_mibps?: Num | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    throughput_mode?: Text | undefined;
    lifecycle_policy?: OneOrMore<{
      transition_to_archive?: Text | undefined;
      transition_to_ia?: Text | undefined;
      transition_to_primary_storage_class?: Text | undefined;
    }> | undefined;
    protection?: {
      replication_overwrite?: Text | undefined;
    } | undefined;
  };
  aws_efs_file_system_policy: {
    bypass_policy_lockout_safety_check?: Bool | undefined;
    file_system_id: Text;
    id?: Text | undefined;
    policy: Text;
  };
  aws_efs_mount_target: {
    file_system_id: Text;
    id?: Text | undefined;
    ip_address?: Text | undefined;
    security_groups?: List<Text> | undefined;
    subnet_id: Text;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
    } | undefined;
  };
  aws_egress_only_internet_gateway: {
    id?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    vpc_id: Text;
  };
  aws_eip: {
    address?: Text | undefined;
    associate_with_private_ip?: Text | undefined;
    customer_owned_ipv4_pool?: Text | undefined;
    domain?: Text | undefined;
    id?: Text | undefined;
    instance?: Text | undefined;
    ipam_pool_id?: Text | undefined;
    network_border_group?: Text | undefined;
    network_interface?: Text | undefined;
    public_ipv4_pool?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    timeouts?: {
      delete?: Text | undefined;
      read?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_elasticache_serverless_cache: {
    daily_snapshot_time?: Text | undefined;
    description?: Text | undefined;
    engine: Text;
    kms_key_id?: Text | undefined;
    major_engine_version?: Text | undefined;
    name: Text;
    security_group_ids?: List<Text> | undefined;
    snapshot_arns_to_restore?: List<Text> | undefined;
    snapshot_retention_limit?: Num | undefined;
    subnet_ids?: List<Text> | undefined;
    tags?: MapOf<Text> | undefined;
    user_group_id?: Text | undefined;
    cache_usage_limits?: OneOrMore<{
      data_storage?: OneOrMore<{
        maximum?: Num | undefined;
        minimum?: Num | undefined;
        unit: Text;
      }> | undefined;
      ecpu_per_second?: OneOrMore<{
        maximum?: Num | undefined;
        minimum?: Num | undefined;
      }> | undefined;
    }> | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_flow_log: {
    deliver_cross_account_role?: Text | undefined;
    eni_id?: Text | undefined;
    iam_role_arn?: Text | undefined;
    id?: Text | undefined;
    log_destination?: Text | undefined;
    log_destination_type?: Text | undefined;
    log_format?: Text | undefined;
    max_aggregation_interval?: Num | undefined;
    subnet_id?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    traffic_type?: Text | undefined;
    transit_gateway_attachment_id?: Text | undefined;
    transit_gateway_id?: Text | undefined;
    vpc_id?: Text | undefined;
    destination_options?: {
      file_format?: Text | undefined;
      hive_compatible_partitions?: Bool | undefined;
      per_hour_partition?: Bool | undefined;
    } | undefined;
  };
  aws_iam_openid_connect_provider: {
    client_id_list: List<Text>;
    id?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    thumbprint_list?: List<Text> | undefined;
    url: Text;
  };
  aws_iam_policy: {
    description?: Text | undefined;
    id?: Text | undefined;
    name?: Text | undefined;
    name_prefix?: Text | undefined;
    path?: Text | undefined;
    policy: Text;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
  };
  aws_iam_role: {
    assume_role_policy: Text;
    description?: Text | undefined;
    force_detach_policies?: Bool | undefined;
    id?: Text | undefined;
    managed_policy_arns?: List<Text> | undefined;
    max_session_duration?: Num | undefined;
    name?: Text | undefined;
    name_prefix?: Text | undefined;
    path?: Text | undefined;
    permissions_boundary?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    inline_policy?: OneOrMore<{
      name?: Text | undefined;
      policy?: Text | undefined;
    }> | undefined;
  };
  aws_iam_role_policy: {
    id?: Text | undefined;
    name?: Text | undefined;
    name_prefix?: Text | undefined;
    policy: Text;
    role: Text;
  };
  aws_iam_role_policy_attachment: {
    id?: Text | undefined;
    policy_arn: Text;
    role: Text;
  };
  aws_iam_service_linked_role: {
    aws_service_name: Text;
    custom_suffix?: Text | undefined;
    description?: Text | undefined;
    id?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
  };
  aws_internet_gateway: {
    id?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    vpc_id?: Text | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_kinesis_firehose_delivery_stream: {
    arn?: Text | undefined;
    destination: Text;
    destination_id?: Text | undefined;
    id?: Text | undefined;
    name: Text;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    version_id?: Text | undefined;
    elasticsearch_configuration?: {
      buffering_interval?: Num | undefined;
      buffering_size?: Num | undefined;
      cluster_endpoint?: Text | undefined;
      domain_arn?: Text | undefined;
      index_name: Text;
      index_rotation_period?: Text | undefined;
      retry_duration?: Num | undefined;
      role_arn: Text;
      s3_backup_mode?: Text | undefined;
      type_name?: Text | undefined;
      cloudwatch_logging_options?: {
        enabled?: Bool | undefined;
        log_group_name?: Text | undefined;
        log_stream_name?: Text | undefined;
      } | undefined;
      processing_configuration?: {
        enabled?: Bool | undefined;
        processors?: OneOrMore<{
          type: Text;
          parameters?: OneOrMore<{
            parameter_name: Text;
            parameter_value: Text;
          }> | undefined;
        }> | undefined;
      } | undefined;
      s3_configuration: {
        bucket_arn: Text;
        buffering_interval?: Num | undefined;
        buffering_size?: Num | undefined;
        compression_format?: Text | undefined;
        error_output_prefix?: Text | undefined;
        kms_key_arn?: Text | undefined;
        prefix?: Text | undefined;
        role_arn: Text;
        cloudwatch_logging_options?: {
          enabled?: Bool | undefined;
          log_group_name?: Text | undefined;
          log_stream_name?: Text | undefined;
        } | undefined;
      };
      vpc_config?: {
        role_arn: Text;
        security_group_ids: List<Text>;
        subnet_ids: List<Text>;
      } | undefined;
    } | undefined;
    extended_s3_configuration?: {
      bucket_arn: Text;
      buffering_interval?: Num | undefined;
      buffering_size?: Num | undefined;
      compression_format?: Text | undefined;
      custom_time_zone?: Text | undefined;
      error_output_prefix?: Text | undefined;
      file_extension?: Text | undefined;
      kms_key_arn?: Text | undefined;
      prefix?: Text | undefined;
      role_arn: Text;
      s3_backup_mode?: Text | undefined;
      cloudwatch_logging_options?: {
        enabled?: Bool | undefined;
        log_group_name?: Text | undefined;
        log_stream_name?: Text | undefined;
      } | undefined;
      data_format_conversion_configuration?: {
        enabled?: Bool | undefined;
        input_format_configuration: {
          deserializer: {
            hive_json_ser_de?: {
              timestamp_formats?: List<Text> | undefined;
            } | undefined;
            open_x_json_ser_de?: {
              case_insensitive?: Bool | undefined;
              column_to_json_key_mappings?: MapOf<Text> | undefined;
              convert_dots_in_json_keys_to_underscores?: Bool | undefined;
            } | undefined;
          };
        };
        output_format_configuration: {
          serializer: {
            orc_ser_de?: {
              block_size_bytes?: Num | undefined;
              bloom_filter_columns?: List<Text> | undefined;
              bloom_filter_false_positive_probability?: Num | undefined;
              compression?: Text | undefined;
              dictionary_key_threshold?: Num | undefined;
              enable_padding?: Bool | undefined;
              format_version?: Text | undefined;
              padding_tolerance?: Num | undefined;
              row_index_stride?: Num | undefined;
              stripe_size_bytes?: Num | undefined;
            } | undefined;
            parquet_ser_de?: {
              block_size_bytes?: Num | undefined;
              compression?: Text | undefined;
              enable_dictionary_compression?: Bool | undefined;
              max_padding_bytes?: Num | undefined;
              page_size_bytes?: Num | undefined;
              writer_version?: Text | undefined;
            } | undefined;
          };
        };
        schema_configuration: {
          catalog_id?: Text | undefined;
          database_name: Text;
          region?: Text | undefined;
          role_arn: Text;
          table_name: Text;
          version_id?: Text | undefined;
        };
      } | undefined;
      dynamic_partitioning_configuration?: {
        enabled?: Bool | undefined;
        retry_duration?: Num | undefined;
      } | undefined;
      processing_configuration?: {
        enabled?: Bool | undefined;
        processors?: OneOrMore<{
          type: Text;
          parameters?: OneOrMore<{
            parameter_name: Text;
            parameter_value: Text;
          }> | undefined;
        }> | undefined;
      } | undefined;
      s3_backup_configuration?: {
        bucket_arn: Text;
        buffering_interval?: Num | undefined;
        buffering_size?: Num | undefined;
        compression_format?: Text | undefined;
        error_output_prefix?: Text | undefined;
        kms_key_arn?: Text | undefined;
        prefix?: Text | undefined;
        role_arn: Text;
        cloudwatch_logging_options?: {
          enabled?: Bool | undefined;
          log_group_name?: Text | undefined;
          log_stream_name?: Text | undefined;
        } | undefined;
      } | undefined;
    } | undefined;
    http_endpoint_configuration?: {
      access_key?: Text | undefined;
      buffering_interval?: Num | undefined;
      buffering_size?: Num | undefined;
      name?: Text | undefined;
      retry_duration?: Num | undefined;
      role_arn?: Text | undefined;
      s3_backup_mode?: Text | undefined;
      url: Text;
      cloudwatch_logging_options?: {
        enabled?: Bool | undefined;
        log_group_name?: Text | undefined;
        log_stream_name?: Text | undefined;
      } | undefined;
      processing_configuration?: {
        enabled?: Bool | undefined;
        processors?: OneOrMore<{
          type: Text;
          parameters?: OneOrMore<{
            parameter_name: Text;
            parameter_value: Text;
          }> | undefined;
        }> | undefined;
      } | undefined;
      request_configuration?: {
        content_encoding?: Text | undefined;
        common_attributes?: OneOrMore<{
          name: Text;
          value: Text;
        }> | undefined;
      } | undefined;
      s3_configuration: {
        bucket_arn: Text;
        buffering_interval?: Num | undefined;
        buffering_size?: Num | undefined;
        compression_format?: Text | undefined;
        error_output_prefix?: Text | undefined;
        kms_key_arn?: Text | undefined;
        prefix?: Text | undefined;
        role_arn: Text;
        cloudwatch_logging_options?: {
          enabled?: Bool | undefined;
          log_group_name?: Text | undefined;
          log_stream_name?: Text | undefined;
        } | undefined;
      };
      secrets_manager_configuration?: {
        enabled?: Bool | undefined;
        role_arn?: Text | undefined;
        secret_arn?: Text | undefined;
      } | undefined;
    } | undefined;
    iceberg_configuration?: {
      buffering_interval?: Num | undefined;
      buffering_size?: Num | undefined;
      catalog_arn: Text;
      retry_duration?: Num | undefined;
      role_arn: Text;
      s3_backup_mode?: Text | undefined;
      cloudwatch_logging_options?: {
        enabled?: Bool | undefined;
        log_group_name?: Text | undefined;
        log_stream_name?: Text | undefined;
      } | undefined;
      destination_table_configuration?: OneOrMore<{
        database_name: Text;
        s3_error_output_prefix?: Text | undefined;
        table_name: Text;
        unique_keys?: List<Text> | undefined;
      }> | undefined;
      processing_configuration?: {
        enabled?: Bool | undefined;
        processors?: OneOrMore<{
          type: Text;
          parameters?: OneOrMore<{
            parameter_name: Text;
            parameter_value: Text;
          }> | undefined;
        }> | undefined;
      } | undefined;
      s3_configuration: {
        bucket_arn: Text;
        buffering_interval?: Num | undefined;
        buffering_size?: Num | undefined;
        compression_format?: Text | undefined;
        error_output_prefix?: Text | undefined;
        kms_key_arn?: Text | undefined;
        prefix?: Text | undefined;
        role_arn: Text;
        cloudwatch_logging_options?: {
          enabled?: Bool | undefined;
          log_group_name?: Text | undefined;
          log_stream_name?: Text | undefined;
        } | undefined;
      };
    } | undefined;
    kinesis_source_configuration?: {
      kinesis_stream_arn: Text;
      role_arn: Text;
    } | undefined;
    msk_source_configuration?: {
      msk_cluster_arn: Text;
      read_from_timestamp?: Text | undefined;
      topic_name: Text;
      authentication_configuration: {
        connectivity: Text;
        role_arn: Text;
      };
    } | undefined;
    opensearch_configuration?: {
      buffering_interval?: Num | undefined;
      buffering_size?: Num | undefined;
      cluster_endpoint?: Text | undefined;
      domain_arn?: Text | undefined;
      index_name: Text;
      index_rotation_period?: Text | undefined;
      retry_duration?: Num | undefined;
      role_arn: Text;
      s3_backup_mode?: Text | undefined;
      type_name?: Text | undefined;
      cloudwatch_logging_options?: {
        enabled?: Bool | undefined;
        log_group_name?: Text | undefined;
        log_stream_name?: Text | undefined;
      } | undefined;
      document_id_options?: {
        default_document_id_format: Text;
      } | undefined;
      processing_configuration?: {
        enabled?: Bool | undefined;
        processors?: OneOrMore<{
          type: Text;
          parameters?: OneOrMore<{
            parameter_name: Text;
            parameter_value: Text;
          }> | undefined;
        }> | undefined;
      } | undefined;
      s3_configuration: {
        bucket_arn: Text;
        buffering_interval?: Num | undefined;
        buffering_size?: Num | undefined;
        compression_format?: Text | undefined;
        error_output_prefix?: Text | undefined;
        kms_key_arn?: Text | undefined;
        prefix?: Text | undefined;
        role_arn: Text;
        cloudwatch_logging_options?: {
          enabled?: Bool | undefined;
          log_group_name?: Text | undefined;
          log_stream_name?: Text | undefined;
        } | undefined;
      };
      vpc_config?: {
        role_arn: Text;
        security_group_ids: List<Text>;
        subnet_ids: List<Text>;
      } | undefined;
    } | undefined;
    opensearchserverless_configuration?: {
      buffering_interval?: Num | undefined;
      buffering_size?: Num | undefined;
      collection_endpoint: Text;
      index_name: Text;
      retry_duration?: Num | undefined;
      role_arn: Text;
      s3_backup_mode?: Text | undefined;
      cloudwatch_logging_options?: {
        enabled?: Bool | undefined;
        log_group_name?: Text | undefined;
        log_stream_name?: Text | undefined;
      } | undefined;
      processing_configuration?: {
        enabled?: Bool | undefined;
        processors?: OneOrMore<{
          type: Text;
          parameters?: OneOrMore<{
            parameter_name: Text;
            parameter_value: Text;
          }> | undefined;
        }> | undefined;
      } | undefined;
      s3_configuration: {
        bucket_arn: Text;
        buffering_interval?: Num | undefined;
        buffering_size?: Num | undefined;
        compression_format?: Text | undefined;
        error_output_prefix?: Text | undefined;
        kms_key_arn?: Text | undefined;
        prefix?: Text | undefined;
        role_arn: Text;
        cloudwatch_logging_options?: {
          enabled?: Bool | undefined;
          log_group_name?: Text | undefined;
          log_stream_name?: Text | undefined;
        } | undefined;
      };
      vpc_config?: {
        role_arn: Text;
        security_group_ids: List<Text>;
        subnet_ids: List<Text>;
      } | undefined;
    } | undefined;
    redshift_configuration?: {
      cluster_jdbcurl: Text;
      copy_options?: Text | undefined;
      data_table_columns?: Text | undefined;
      data_table_name: Text;
      password?: Text | undefined;
      retry_duration?: Num | undefined;
      role_arn: Text;
      s3_backup_mode?: Text | undefined;
      username?: Text | undefined;
      cloudwatch_logging_options?: {
        enabled?: Bool | undefined;
        log_group_name?: Text | undefined;
        log_stream_name?: Text | undefined;
      } | undefined;
      processing_configuration?: {
        enabled?: Bool | undefined;
        processors?: OneOrMore<{
          type: Text;
          parameters?: OneOrMore<{
            parameter_name: Text;
            parameter_value: Text;
          }> | undefined;
        }> | undefined;
      } | undefined;
      s3_backup_configuration?: {
        bucket_arn: Text;
        buffering_interval?: Num | undefined;
        buffering_size?: Num | undefined;
        compression_format?: Text | undefined;
        error_output_prefix?: Text | undefined;
        kms_key_arn?: Text | undefined;
        prefix?: Text | undefined;
        role_arn: Text;
        cloudwatch_logging_options?: {
          enabled?: Bool | undefined;
          log_group_name?: Text | undefined;
          log_stream_name?: Text | undefined;
        } | undefined;
      } | undefined;
      s3_configuration: {
        bucket_arn: Text;
        buffering_interval?: Num | undefined;
        buffering_size?: Num | undefined;
        compression_format?: Text | undefined;
        error_output_prefix?: Text | undefined;
        kms_key_arn?: Text | undefined;
        prefix?: Text | undefined;
        role_arn: Text;
        cloudwatch_logging_options?: {
          enabled?: Bool | undefined;
          log_group_name?: Text | undefined;
          log_stream_name?: Text | undefined;
        } | undefined;
      };
      secrets_manager_configuration?: {
        enabled?: Bool | undefined;
        role_arn?: Text | undefined;
        secret_arn?: Text | undefined;
      } | undefined;
    } | undefined;
    server_side_encryption?: {
      enabled?: Bool | undefined;
      key_arn?: Text | undefined;
      key_type?: Text | undefined;
    } | undefined;
    snowflake_configuration?: {
      account_url: Text;
      buffering_interval?: Num | undefined;
      buffering_size?: Num | undefined;
      content_column_name?: Text | undefined;
      data_loading_option?: Text | undefined;
      database: Text;
      key_passphrase?: Text | undefined;
      metadata_column_name?: Text | undefined;
      private_key?: Text | undefined;
      retry_duration?: Num | undefined;
      role_arn: Text;
      s3_backup_mode?: Text | undefined;
      schema: Text;
      table: Text;
      user?: Text | undefined;
      cloudwatch_logging_options?: {
        enabled?: Bool | undefined;
        log_group_name?: Text | undefined;
        log_stream_name?: Text | undefined;
      } | undefined;
      processing_configuration?: {
        enabled?: Bool | undefined;
        processors?: OneOrMore<{
          type: Text;
          parameters?: OneOrMore<{
            parameter_name: Text;
            parameter_value: Text;
          }> | undefined;
        }> | undefined;
      } | undefined;
      s3_configuration: {
        bucket_arn: Text;
        buffering_interval?: Num | undefined;
        buffering_size?: Num | undefined;
        compression_format?: Text | undefined;
        error_output_prefix?: Text | undefined;
        kms_key_arn?: Text | undefined;
        prefix?: Text | undefined;
        role_arn: Text;
        cloudwatch_logging_options?: {
          enabled?: Bool | undefined;
          log_group_name?: Text | undefined;
          log_stream_name?: Text | undefined;
        } | undefined;
      };
      secrets_manager_configuration?: {
        enabled?: Bool | undefined;
        role_arn?: Text | undefined;
        secret_arn?: Text | undefined;
      } | undefined;
      snowflake_role_configuration?: {
        enabled?: Bool | undefined;
        snowflake_role?: Text | undefined;
      } | undefined;
      snowflake_vpc_configuration?: {
        private_link_vpce_id: Text;
      } | undefined;
    } | undefined;
    splunk_configuration?: {
      buffering_interval?: Num | undefined;
      buffering_size?: Num | undefined;
      hec_acknowledgment_timeout?: Num | undefined;
      hec_endpoint: Text;
      hec_endpoint_type?: Text | undefined;
      hec_token?: Text | undefined;
      retry_duration?: Num | undefined;
      s3_backup_mode?: Text | undefined;
      cloudwatch_logging_options?: {
        enabled?: Bool | undefined;
        log_group_name?: Text | undefined;
        log_stream_name?: Text | undefined;
      } | undefined;
      processing_configuration?: {
        enabled?: Bool | undefined;
        processors?: OneOrMore<{
          type: Text;
          parameters?: OneOrMore<{
            parameter_name: Text;
            parameter_value: Text;
          }> | undefined;
        }> | undefined;
      } | undefined;
      s3_configuration: {
        bucket_arn: Text;
        buffering_interval?: Num | undefined;
        buffering_size?: Num | undefined;
        compression_format?: Text | undefined;
        error_output_prefix?: Text | undefined;
        kms_key_arn?: Text | undefined;
        prefix?: Text | undefined;
        role_arn: Text;
        cloudwatch_logging_options?: {
          enabled?: Bool | undefined;
          log_group_name?: Text | undefined;
          log_stream_name?: Text | undefined;
        } | undefined;
      };
      secrets_manager_configuration?: {
        enabled?: Bool | undefined;
        role_arn?: Text | undefined;
        secret_arn?: Text | undefined;
      } | undefined;
    } | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_kms_alias: {
    id?: Text | undefined;
    name?: Text | undefined;
    name_prefix?: Text | undefined;
    target_key_id: Text;
  };
  aws_kms_key: {
    bypass_policy_lockout_safety_check?: Bool | undefined;
    custom_key_store_id?: Text | undefined;
    customer_master_key_spec?: Text | undefined;
    deletion_window_in_days?: Num | undefined;
    description?: Text | undefined;
    enable_key_rotation?: Bool | undefined;
    id?: Text | undefined;
    is_enabled?: Bool | undefined;
    key_usage?: Text | undefined;
    multi_region?: Bool | undefined;
    policy?: Text | undefined;
    rotation_period_in_days?: Num | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    xks_key_id?: Text | undefined;
    timeouts?: {
      create?: Text | undefined;
    } | undefined;
  };
  aws_lambda_alias: {
    description?: Text | undefined;
    function_name: Text;
    function_version: Text;
    id?: Text | undefined;
    name: Text;
    routing_config?: {
      additional_version_weights?: MapOf<Num> | undefined;
    } | undefined;
  };
  aws_lambda_function: {
    architectures?: List<Text> | undefined;
    code_signing_config_arn?: Text | undefined;
    description?: Text | undefined;
    filename?: Text | undefined;
    function_name: Text;
    handler?: Text | undefined;
    id?: Text | undefined;
    image_uri?: Text | undefined;
    kms_key_arn?: Text | undefined;
    layers?: List<Text> | undefined;
    memory_size?: Num | undefined;
    package_type?: Text | undefined;
    publish?: Bool | undefined;
    replace_security_groups_on_destroy?: Bool | undefined;
    replacement_security_group_ids?: List<Text> | undefined;
    reserved_concurrent_executions?: Num | undefined;
    role: Text;
    runtime?: Text | undefined;
    s3_bucket?: Text | undefined;
    s3_key?: Text | undefined;
    s3_object_version?: Text | undefined;
    skip_destroy?: Bool | undefined;
    source_code_hash?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    timeout?: Num | undefined;
    dead_letter_config?: {
      target_arn: Text;
    } | undefined;
    environment?: {
      variables?: MapOf<Text> | undefined;
    } | undefined;
    ephemeral_storage?: {
      size?: Num | undefined;
    } | undefined;
    file_system_config?: {
      arn: Text;
      local_mount_path: Text;
    } | undefined;
    image_config?: {
      command?: List<Text> | undefined;
      entry_point?: List<Text> | undefined;
      working_directory?: Text | undefined;
    } | undefined;
    logging_config?: {
      application_log_level?: Text | undefined;
      log_format: Text;
      log_group?: Text | undefined;
      system_log_level?: Text | undefined;
    } | undefined;
    snap_start?: {
      apply_on: Text;
    } | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
    tracing_config?: {
      mode: Text;
    } | undefined;
    vpc_config?: {
      ipv6_allowed_for_dual_stack?: Bool | undefined;
      security_group_ids: List<Text>;
      subnet_ids: List<Text>;
    } | undefined;
  };
  aws_lambda_function_url: {
    authorization_type: Text;
    function_name: Text;
    id?: Text | undefined;
    invoke_mode?: Text | undefined;
    qualifier?: Text | undefined;
    cors?: {
      allow_credentials?: Bool | undefined;
      allow_headers?: List<Text> | undefined;
      allow_methods?: List<Text> | undefined;
      allow_origins?: List<Text> | undefined;
      expose_headers?: List<Text> | undefined;
      max_age?: Num | undefined;
    } | undefined;
    timeouts?: {
      create?: Text | undefined;
    } | undefined;
  };
  aws_lambda_permission: {
    action: Text;
    event_source_token?: Text | undefined;
    function_name: Text;
    function_url_auth_type?: Text | undefined;
    id?: Text | undefined;
    principal: Text;
    principal_org_id?: Text | undefined;
    qualifier?: Text | undefined;
    source_account?: Text | undefined;
    source_arn?: Text | undefined;
    statement_id?: Text | undefined;
    statement_id_prefix?: Text | undefined;
  };
  aws_lb: {
    client_keep_alive?: Num | undefined;
    customer_owned_ipv4_pool?: Text | undefined;
    desync_mitigation_mode?: Text | undefined;
    dns_record_client_routing_policy?: Text | undefined;
    drop_invalid_header_fields?: Bool | undefined;
    enable_cross_zone_load_balancing?: Bool | undefined;
    enable_deletion_protection?: Bool | undefined;
    enable_http2?: Bool | undefined;
    enable_tls_version_and_cipher_suite_headers?: Bool | undefined;
    enable_waf_fail_open?: Bool | undefined;
    enable_xff_client_port?: Bool | undefined;
    enable_zonal_shift?: Bool | undefined;
    enforce_security_group_inbound_rules_on_private_link_traffic?: Text | undefined;
    id?: Text | undefined;
    idle_timeout?: Num | undefined;
    internal?: Bool | undefined;
    ip_address_type?: Text | undefined;
    load_balancer_type?: Text | undefined;
    name?: Text | undefined;
    name_prefix?: Text | undefined;
    preserve_host_header?: Bool | undefined;
    security_groups?: List<Text> | undefined;
    subnets?: List<Text> | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    xff_header_processing_mode?: Text | undefined;
    access_logs?: {
      bucket: Text;
      enabled?: Bool | undefined;
      prefix?: Text | undefined;
    } | undefined;
    connection_logs?: {
      bucket: Text;
      enabled?: Bool | undefined;
      prefix?: Text | undefined;
    } | undefined;
    ipam_pools?: {
      ipv4_ipam_pool_id: Text;
    } | undefined;
    minimum_load_balancer_capacity?: {
      capacity_units: Num;
    } | undefined;
    subnet_mapping?: OneOrMore<{
      allocation_id?: Text | undefined;
      ipv6_address?: Text | undefined;
      private_ipv4_address?: Text | undefined;
      subnet_id: Text;
    }> | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_lb_listener: {
    alpn_policy?: Text | undefined;
    certificate_arn?: Text | undefined;
    id?: Text | undefined;
    load_balancer_arn: Text;
    port?: Num | undefined;
    protocol?: Text | undefined;
    routing_http_request_x_amzn_mtls_clientcert_header_name?: Text | undefined;
    routing_http_request_x_amzn_mtls_clientcert_issuer_header_name?: Text | undefined;
    routing_http_request_x_amzn_mtls_clientcert_leaf_header_name?: Text | undefined;
    routing_http_request_x_amzn_mtls_clientcert_serial_number_header_name?: Text | undefined;
    routing_http_request_x_amzn_mtls_clientcert_subject_header_name?: Text | undefined;
    routing_http_request_x_amzn_mtls_clientcert_validity_header_name?: Text | undefined;
    routing_http_request_x_amzn_tls_cipher_suite_header_name?: Text | undefined;
    routing_http_request_x_amzn_tls_version_header_name?: Text | undefined;
    routing_http_response_access_control_allow_credentials_header_value?: Text | undefined;
    routing_http_response_access_control_allow_headers_header_value?: Text | undefined;
    routing_http_response_access_control_allow_methods_header_value?: Text | undefined;
    routing_http_response_access_control_allow_origin_header_value?: Text | undefined;
    routing_http_response_access_control_expose_headers_header_value?: Text | undefined;
    routing_http_response_access_control_max_age_header_value?: Text | undefined;
    routing_http_response_content_security_policy_header_value?: Text | undefined;
    routing_http_response_server_enabled?: Bool | undefined;
    routing_http_response_strict_transport_security_header_value?: Text | undefined;
    routing_http_response_x_content_type_options_header_value?: Text | undefined;
    routing_http_response_x_frame_options_header_value?: Text | undefined;
    ssl_policy?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    tcp_idle_timeout_seconds?: Num | undefined;
    default_action: OneOrMore<{
      order?: Num | undefined;
      target_group_arn?: Text | undefined;
      type: Text;
      authenticate_cognito?: {
        authentication_request_extra_params?: MapOf<Text> | undefined;
        on_unauthenticated_request?: Text | undefined;
        scope?: Text | undefined;
        session_cookie_name?: Text | undefined;
        session_timeout?: Num | undefined;
        user_pool_arn: Text;
        user_pool_client_id: Text;
        user_pool_domain: Text;
      } | undefined;
      authenticate_oidc?: {
        authentication_request_extra_params?: MapOf<Text> | undefined;
        authorization_endpoint: Text;
        client_id: Text;
        client_secret: Text;
        issuer: Text;
        on_unauthenticated_request?: Text | undefined;
        scope?: Text | undefined;
        session_cookie_name?: Text | undefined;
        session_timeout?: Num | undefined;
        token_endpoint: Text;
        user_info_endpoint: Text;
      } | undefined;
      fixed_response?: {
        content_type: Text;
        message_body?: Text | undefined;
        status_code?: Text | undefined;
      } | undefined;
      forward?: {
        stickiness?: {
          duration: Num;
          enabled?: Bool | undefined;
        } | undefined;
        target_group: OneOrMore<{
          arn: Text;
          weight?: Num | undefined;
        }>;
      } | undefined;
      redirect?: {
        host?: Text | undefined;
        path?: Text | undefined;
        port?: Text | undefined;
        protocol?: Text | undefined;
        query?: Text | undefined;
        status_code: Text;
      } | undefined;
    }>;
    mutual_authentication?: {
      advertise_trust_store_ca_names?: Text | undefined;
      ignore_client_certificate_expiry?: Bool | undefined;
      mode: Text;
      trust_store_arn?: Text | undefined;
    } | undefined;
    timeouts?: {
      create?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_lb_listener_certificate: {
    certificate_arn: Text;
    id?: Text | undefined;
    listener_arn: Text;
  };
  aws_lb_listener_rule: {
    id?: Text | undefined;
    listener_arn: Text;
    priority?: Num | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    action: OneOrMore<{
      order?: Num | undefined;
      target_group_arn?: Text | undefined;
      type: Text;
      authenticate_cognito?: {
        authentication_request_extra_params?: MapOf<Text> | undefined;
        on_unauthenticated_request?: Text | undefined;
        scope?: Text | undefined;
        session_cookie_name?: Text | undefined;
        session_timeout?: Num | undefined;
        user_pool_arn: Text;
        user_pool_client_id: Text;
        user_pool_domain: Text;
      } | undefined;
      authenticate_oidc?: {
        authentication_request_extra_params?: MapOf<Text> | undefined;
        authorization_endpoint: Text;
        client_id: Text;
        client_secret: Text;
        issuer: Text;
        on_unauthenticated_request?: Text | undefined;
        scope?: Text | undefined;
        session_cookie_name?: Text | undefined;
        session_timeout?: Num | undefined;
        token_endpoint: Text;
        user_info_endpoint: Text;
      } | undefined;
      fixed_response?: {
        content_type: Text;
        message_body?: Text | undefined;
        status_code?: Text | undefined;
      } | undefined;
      forward?: {
        stickiness?: {
          duration: Num;
          enabled?: Bool | undefined;
        } | undefined;
        target_group: OneOrMore<{
          arn: Text;
          weight?: Num | undefined;
        }>;
      } | undefined;
      redirect?: {
        host?: Text | undefined;
        path?: Text | undefined;
        port?: Text | undefined;
        protocol?: Text | undefined;
        query?: Text | undefined;
        status_code: Text;
      } | undefined;
    }>;
    condition: OneOrMore<{
      host_header?: {
        values: List<Text>;
      } | undefined;
      http_header?: {
        http_header_name: Text;
        values: List<Text>;
      } | undefined;
      http_request_method?: {
        values: List<Text>;
      } | undefined;
      path_pattern?: {
        values: List<Text>;
      } | undefined;
      query_string?: OneOrMore<{
        key?: Text | undefined;
        value: Text;
      }> | undefined;
      source_ip?: {
        values: List<Text>;
      } | undefined;
    }>;
  };
  aws_lb_target_group: {
    connection_termination?: Bool | undefined;
    deregistration_delay?: Text | undefined;
    id?: Text | undefined;
    ip_address_type?: Text | undefined;
    lambda_multi_value_headers_enabled?: Bool | undefined;
    load_balancing_algorithm_type?: Text | undefined;
    load_balancing_anomaly_mitigation?: Text | undefined;
    load_balancing_cross_zone_enabled?: Text | undefined;
    name?: Text | undefined;
    name_prefix?: Text | undefined;
    port?: Num | undefined;
    preserve_client_ip?: Text | undefined;
    protocol?: Text | undefined;
    protocol_version?: Text | undefined;
    proxy_protocol_v2?: Bool | undefined;
    slow_start?: Num | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    target_type?: Text | undefined;
    vpc_id?: Text | undefined;
    health_check?: {
      enabled?: Bool | undefined;
      healthy_threshold?: Num | undefined;
      interval?: Num | undefined;
      matcher?: Text | undefined;
      path?: Text | undefined;
      port?: Text | undefined;
      protocol?: Text | undefined;
      timeout?: Num | undefined;
      unhealthy_threshold?: Num | undefined;
    } | undefined;
    stickiness?: {
      cookie_duration?: Num | undefined;
      cookie_name?: Text | undefined;
      enabled?: Bool | undefined;
      type: Text;
    } | undefined;
    target_failover?: OneOrMore<{
      on_deregistration: Text;
      on_unhealthy: Text;
    }> | undefined;
    target_group_health?: {
      dns_failover?: {
        minimum_healthy_targets_count?: Text | undefined;
        minimum_healthy_targets_percentage?: Text | undefined;
      } | undefined;
      unhealthy_state_routing?: {
        minimum_healthy_targets_count?: Num | undefined;
        minimum_healthy_targets_percentage?: Text | undefined;
      } | undefined;
    } | undefined;
    target_health_state?: OneOrMore<{
      enable_unhealthy_connection_termination: Bool;
      unhealthy_draining_interval?: Num | undefined;
    }> | undefined;
  };
  aws_lb_target_group_attachment: {
    availability_zone?: Text | undefined;
    id?: Text | undefined;
    port?: Num | undefined;
    target_group_arn: Text;
    target_id: Text;
  };
  aws_nat_gateway: {
    allocation_id?: Text | undefined;
    connectivity_type?: Text | undefined;
    id?: Text | undefined;
    private_ip?: Text | undefined;
    secondary_allocation_ids?: List<Text> | undefined;
    secondary_private_ip_address_count?: Num | undefined;
    secondary_private_ip_addresses?: List<Text> | undefined;
    subnet_id: Text;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_opensearch_domain: {
    access_policies?: Text | undefined;
    advanced_options?: MapOf<Text> | undefined;
    domain_name: Text;
    engine_version?: Text | undefined;
    id?: Text | undefined;
    ip_address_type?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    advanced_security_options?: {
      anonymous_auth_enabled?: Bool | undefined;
      enabled: Bool;
      internal_user_database_enabled?: Bool | undefined;
      master_user_options?: {
        master_user_arn?: Text | undefined;
        master_user_name?: Text | undefined;
        master_user_password?: Text | undefined;
      } | undefined;
    } | undefined;
    auto_tune_options?: {
      desired_state: Text;
      rollback_on_disable?: Text | undefined;
      use_off_peak_window?: Bool | undefined;
      maintenance_schedule?: OneOrMore<{
        cron_expression_for_recurrence: Text;
        start_at: Text;
        duration: {
          unit: Text;
          value: Num;
        };
      }> | undefined;
    } | undefined;
    cluster_config?: {
      dedicated_master_count?: Num | undefined;
      dedicated_master_enabled?: Bool | undefined;
      dedicated_master_type?: Text | undefined;
      instance_count?: Num | undefined;
      instance_type?: Text | undefined;
      multi_az_with_standby_enabled?: Bool | undefined;
      warm_count?: Num | undefined;
      warm_enabled?: Bool | undefined;
      warm_type?: Text | undefined;
      zone_awareness_enabled?: Bool | undefined;
      cold_storage_options?: {
        enabled?: Bool | undefined;
      } | undefined;
      node_options?: OneOrMore<{
        node_type?: Text | undefined;
        node_config?: {
          count?: Num | undefined;
          enabled?: Bool | undefined;
          type?: Text | undefined;
        } | undefined;
      }> | undefined;
      zone_awareness_config?: {
        availability_zone_count?: Num | undefined;
      } | undefined;
    } | undefined;
    cognito_options?: {
      enabled?: Bool | undefined;
      identity_pool_id: Text;
      role_arn: Text;
      user_pool_id: Text;
    } | undefined;
    domain_endpoint_options?: {
      custom_endpoint?: Text | undefined;
      custom_endpoint_certificate_arn?: Text | undefined;
      custom_endpoint_enabled?: Bool | undefined;
      enforce_https?: Bool | undefined;
      tls_security_policy?: Text | undefined;
    } | undefined;
    ebs_options?: {
      ebs_enabled: Bool;
      iops?: Num | undefined;
      throughput?: Num | undefined;
      volume_size?: Num | undefined;
      volume_type?: Text | undefined;
    } | undefined;
    encrypt_at_rest?: {
      enabled: Bool;
      kms_key_id?: Text | undefined;
    } | undefined;
    log_publishing_options?: OneOrMore<{
      cloudwatch_log_group_arn: Text;
      enabled?: Bool | undefined;
      log_type: Text;
    }> | undefined;
    node_to_node_encryption?: {
      enabled: Bool;
    } | undefined;
    off_peak_window_options?: {
      enabled?: Bool | undefined;
      off_peak_window?: {
        window_start_time?: {
          hours?: Num | undefined;
          minutes?: Num | undefined;
        } | undefined;
      } | undefined;
    } | undefined;
    snapshot_options?: {
      automated_snapshot_start_hour: Num;
    } | undefined;
    software_update_options?: {
      auto_software_update_enabled?: Bool | undefined;
    } | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
    vpc_options?: {
      security_group_ids?: List<Text> | undefined;
      subnet_ids?: List<Text> | undefined;
    } | undefined;
  };
  aws_opensearch_domain_policy: {
    access_policies: Text;
    domain_name: Text;
    id?: Text | undefined;
    timeouts?: {
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_opensearchserverless_collection: {
    description?: Text | undefined;
    name: Text;
    standby_replicas?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    type?: Text | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
    } | undefined;
  };
  aws_rds_cluster: {
    allocated_storage?: Num | undefined;
    allow_major_version_upgrade?: Bool | undefined;
    apply_immediately?: Bool | undefined;
    availability_zones?: List<Text> | undefined;
    backtrack_window?: Num | undefined;
    backup_retention_period?: Num | undefined;
    ca_certificate_identifier?: Text | undefined;
    cluster_identifier?: Text | undefined;
    cluster_identifier_prefix?: Text | undefined;
    cluster_members?: List<Text> | undefined;
    cluster_scalability_type?: Text | undefined;
    copy_tags_to_snapshot?: Bool | undefined;
    database_insights_mode?: Text | undefined;
    database_name?: Text | undefined;
    db_cluster_instance_class?: Text | undefined;
    db_cluster_parameter_group_name?: Text | undefined;
    db_instance_parameter_group_name?: Text | undefined;
    db_subnet_group_name?: Text | undefined;
    db_system_id?: Text | undefined;
    delete_automated_backups?: Bool | undefined;
    deletion_protection?: Bool | undefined;
    domain?: Text | undefined;
    domain_iam_role_name?: Text | undefined;
    enable_global_write_forwarding?: Bool | undefined;
    enable_http_endpoint?: Bool | undefined;
    enable_local_write_forwarding?: Bool | undefined;
    enabled_cloudwatch_logs_exports?: List<Text> | undefined;
    engine: Text;
    engine_lifecycle_support?: Text | undefined;
    engine_mode?: Text | undefined;
    engine_version?: Text | undefined;
    final_snapshot_identifier?: Text | undefined;
    global_cluster_identifier?: Text | undefined;
    iam_database_authentication_enabled?: Bool | undefined;
    iam_roles?: List<Text> | undefined;
    id?: Text | undefined;
    iops?: Num | undefined;
    kms_key_id?: Text | undefined;
    manage_master_user_password?: Bool | undefined;
    master_password?: Text | undefined;
    master_password_wo?: Text | undefined;
    master_password_wo_version?: Num | undefined;
    master_user_secret_kms_key_id?: Text | undefined;
    master_username?: Text | undefined;
    monitoring_interval?: Num | undefined;
    monitoring_role_arn?: Text | undefined;
    network_type?: Text | undefined;
    performance_insights_enabled?: Bool | undefined;
    performance_insights_kms_key_id?: Text | undefined;
    performance_insights_retention_period?: Num | undefined;
    port?: Num | undefined;
    preferred_backup_window?: Text | undefined;
    preferred_maintenance_window?: Text | undefined;
    replication_source_identifier?: Text | undefined;
    skip_final_snapshot?: Bool | undefined;
    snapshot_identifier?: Text | undefined;
    source_region?: Text | undefined;
    storage_encrypted?: Bool | undefined;
    storage_type?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    vpc_security_group_ids?: List<Text> | undefined;
    restore_to_point_in_time?: {
      restore_to_time?: Text | undefined;
      restore_type?: Text | undefined;
      source_cluster_identifier?: Text | undefined;
      source_cluster_resource_id?: Text | undefined;
      use_latest_restorable_time?: Bool | undefined;
    } | undefined;
    s3_import?: {
      bucket_name: Text;
      bucket_prefix?: Text | undefined;
      ingestion_role: Text;
      source_engine: Text;
      source_engine_version: Text;
    } | undefined;
    scaling_configuration?: {
      auto_pause?: Bool | undefined;
      max_capacity?: Num | undefined;
      min_capacity?: Num | undefined;
      seconds_before_timeout?: Num | undefined;
      seconds_until_auto_pause?: Num | undefined;
      timeout_action?: Text | undefined;
    } | undefined;
    serverlessv2_scaling_configuration?: {
      max_capacity: Num;
      min_capacity: Num;
      seconds_until_auto_pause?: Num | undefined;
    } | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_rds_cluster_instance: {
    apply_immediately?: Bool | undefined;
    auto_minor_version_upgrade?: Bool | undefined;
    availability_zone?: Text | undefined;
    ca_cert_identifier?: Text | undefined;
    cluster_identifier: Text;
    copy_tags_to_snapshot?: Bool | undefined;
    custom_iam_instance_profile?: Text | undefined;
    db_parameter_group_name?: Text | undefined;
    db_subnet_group_name?: Text | undefined;
    engine: Text;
    engine_version?: Text | undefined;
    force_destroy?: Bool | undefined;
    id?: Text | undefined;
    identifier?: Text | undefined;
    identifier_prefix?: Text | undefined;
    instance_class: Text;
    monitoring_interval?: Num | undefined;
    monitoring_role_arn?: Text | undefined;
    performance_insights_enabled?: Bool | undefined;
    performance_insights_kms_key_id?: Text | undefined;
    performance_insights_retention_period?: Num | undefined;
    preferred_backup_window?: Text | undefined;
    preferred_maintenance_window?: Text | undefined;
    promotion_tier?: Num | undefined;
    publicly_accessible?: Bool | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_rds_cluster_parameter_group: {
    description?: Text | undefined;
    family: Text;
    id?: Text | undefined;
    name?: Text | undefined;
    name_prefix?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    parameter?: OneOrMore<{
      apply_method?: Text | undefined;
      name: Text;
      value: Text;
    }> | undefined;
  };
  aws_route: {
    carrier_gateway_id?: Text | undefined;
    core_network_arn?: Text | undefined;
    destination_cidr_block?: Text | undefined;
    destination_ipv6_cidr_block?: Text | undefined;
    destination_prefix_list_id?: Text | undefined;
    egress_only_gateway_id?: Text | undefined;
    gateway_id?: Text | undefined;
    id?: Text | undefined;
    local_gateway_id?: Text | undefined;
    nat_gateway_id?: Text | undefined;
    network_interface_id?: Text | undefined;
    route_table_id: Text;
    transit_gateway_id?: Text | undefined;
    vpc_endpoint_id?: Text | undefined;
    vpc_peering_connection_id?: Text | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_route53_record: {
    allow_overwrite?: Bool | undefined;
    health_check_id?: Text | undefined;
    id?: Text | undefined;
    multivalue_answer_routing_policy?: Bool | undefined;
    name: Text;
    records?: List<Text> | undefined;
    set_identifier?: Text | undefined;
    ttl?: Num | undefined;
    type: Text;
    zone_id: Text;
    alias?: {
      evaluate_target_health: Bool;
      name: Text;
      zone_id: Text;
    } | undefined;
    cidr_routing_policy?: {
      collection_id: Text;
      location_name: Text;
    } | undefined;
    failover_routing_policy?: {
      type: Text;
    } | undefined;
    geolocation_routing_policy?: {
      continent?: Text | undefined;
      country?: Text | undefined;
      subdivision?: Text | undefined;
    } | undefined;
    geoproximity_routing_policy?: {
      aws_region?: Text | undefined;
      bias?: Num | undefined;
      local_zone_group?: Text | undefined;
      coordinates?: OneOrMore<{
        latitude: Text;
        longitude: Text;
      }> | undefined;
    } | undefined;
    latency_routing_policy?: {
      region: Text;
    } | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
    weighted_routing_policy?: {
      weight: Num;
    } | undefined;
  };
  aws_route53_zone: {
    comment?: Text | undefined;
    delegation_set_id?: Text | undefined;
    force_destroy?: Bool | undefined;
    id?: Text | undefined;
    name: Text;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
    vpc?: OneOrMore<{
      vpc_id: Text;
      vpc_region?: Text | undefined;
    }> | undefined;
  };
  aws_route_table: {
    id?: Text | undefined;
    propagating_vgws?: List<Text> | undefined;
    route?: List<{ carrier_gateway_id?: Text | undefined; cidr_block?: Text | undefined; core_network_arn?: Text | undefined; destination_prefix_list_id?: Text | undefined; egress_only_gateway_id?: Text | undefined; gateway_id?: Text | undefined; ipv6_cidr_block?: Text | undefined; local_gateway_id?: Text | undefined; nat_gateway_id?: Text | undefined; network_interface_id?: Text | undefined; transit_gateway_id?: Text | undefined; vpc_endpoint_id?: Text | undefined; vpc_peering_connection_id?: Text | undefined }> | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    vpc_id: Text;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_route_table_association: {
    gateway_id?: Text | undefined;
    id?: Text | undefined;
    route_table_id: Text;
    subnet_id?: Text | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_s3_bucket: {
    acceleration_status?: Text | undefined;
    acl?: Text | undefined;
    bucket?: Text | undefined;
    bucket_prefix?: Text | undefined;
    force_destroy?: Bool | undefined;
    id?: Text | undefined;
    object_lock_enabled?: Bool | undefined;
    policy?: Text | undefined;
    request_payer?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    cors_rule?: OneOrMore<{
      allowed_headers?: List<Text> | undefined;
      allowed_methods: List<Text>;
      allowed_origins: List<Text>;
      expose_headers?: List<Text> | undefined;
      max_age_seconds?: Num | undefined;
    }> | undefined;
    grant?: OneOrMore<{
      id?: Text | undefined;
      permissions: List<Text>;
      type: Text;
      uri?: Text | undefined;
    }> | undefined;
    lifecycle_rule?: OneOrMore<{
      abort_incomplete_multipart_upload_days?: Num | undefined;
      enabled: Bool;
      id?: Text | undefined;
      prefix?: Text | undefined;
      tags?: MapOf<Text> | undefined;
      expiration?: {
        date?: Text | undefined;
        days?: Num | undefined;
        expired_object_delete_marker?: Bool | undefined;
      } | undefined;
      noncurrent_version_expiration?: {
        days?: Num | undefined;
      } | undefined;
      noncurrent_version_transition?: OneOrMore<{
        days?: Num | undefined;
        storage_class: Text;
      }> | undefined;
      transition?: OneOrMore<{
        date?: Text | undefined;
        days?: Num | undefined;
        storage_class: Text;
      }> | undefined;
    }> | undefined;
    logging?: {
      target_bucket: Text;
      target_prefix?: Text | undefined;
    } | undefined;
    object_lock_configuration?: {
      object_lock_enabled?: Text | undefined;
      rule?: {
        default_retention: {
          days?: Num | undefined;
          mode: Text;
          years?: Num | undefined;
        };
      } | undefined;
    } | undefined;
    replication_configuration?: {
      role: Text;
      rules: OneOrMore<{
        delete_marker_replication_status?: Text | undefined;
        id?: Text | undefined;
        prefix?: Text | undefined;
        priority?: Num | undefined;
        status: Text;
        destination: {
          account_id?: Text | undefined;
          bucket: Text;
          replica_kms_key_id?: Text | undefined;
          storage_class?: Text | undefined;
          access_control_translation?: {
            owner: Text;
          } | undefined;
          metrics?: {
            minutes?: Num | undefined;
            status?: Text | undefined;
          } | undefined;
          replication_time?: {
            minutes?: Num | undefined;
            status?: Text | undefined;
          } | undefined;
        };
        filter?: {
          prefix?: Text | undefined;
          tags?: MapOf<Text> | undefined;
        } | undefined;
        source_selection_criteria?: {
          sse_kms_encrypted_objects?: {
            enabled: Bool;
          } | undefined;
        } | undefined;
      }>;
    } | undefined;
    server_side_encryption_configuration?: {
      rule: {
        bucket_key_enabled?: Bool | undefined;
        apply_server_side_encryption_by_default: {
          kms_master_key_id?: Text | undefined;
          sse_algorithm: Text;
        };
      };
    } | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      read?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
    versioning?: {
      enabled?: Bool | undefined;
      mfa_delete?: Bool | undefined;
    } | undefined;
    website?: {
      error_document?: Text | undefined;
      index_document?: Text | undefined;
      redirect_all_requests_to?: Text | undefined;
      routing_rules?: Text | undefined;
    } | undefined;
  };
  aws_s3_bucket_lifecycle_configuration: {
    bucket: Text;
    expected_bucket_owner?: Text | undefined;
    transition_default_minimum_object_size?: Text | undefined;
    rule?: OneOrMore<{
      id: Text;
      prefix?: Text | undefined;
      status: Text;
      abort_incomplete_multipart_upload?: OneOrMore<{
        days_after_initiation?: Num | undefined;
      }> | undefined;
      expiration?: OneOrMore<{
        date?: Text | undefined;
        days?: Num | undefined;
        expired_object_delete_marker?: Bool | undefined;
      }> | undefined;
      filter?: OneOrMore<{
        object_size_greater_than?: Num | undefined;
        object_size_less_than?: Num | undefined;
        prefix?: Text | undefined;
        and?: OneOrMore<{
          object_size_greater_than?: Num | undefined;
          object_size_less_than?: Num | undefined;
          prefix?: Text | undefined;
          tags?: MapOf<Text> | undefined;
        }> | undefined;
        tag?: OneOrMore<{
          key: Text;
          value: Text;
        }> | undefined;
      }> | undefined;
      noncurrent_version_expiration?: OneOrMore<{
        newer_noncurrent_versions?: Num | undefined;
        noncurrent_days: Num;
      }> | undefined;
      noncurrent_version_transition?: OneOrMore<{
        newer_noncurrent_versions?: Num | undefined;
        noncurrent_days: Num;
        storage_class: Text;
      }> | undefined;
      transition?: OneOrMore<{
        date?: Text | undefined;
        days?: Num | undefined;
        storage_class: Text;
      }> | undefined;
    }> | undefined;
    timeouts?: {
      create?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_s3_bucket_logging: {
    bucket: Text;
    expected_bucket_owner?: Text | undefined;
    id?: Text | undefined;
    target_bucket: Text;
    target_prefix: Text;
    target_grant?: OneOrMore<{
      permission: Text;
      grantee: {
        email_address?: Text | undefined;
        id?: Text | undefined;
        type: Text;
        uri?: Text | undefined;
      };
    }> | undefined;
    target_object_key_format?: {
      partitioned_prefix?: {
        partition_date_source: Text;
      } | undefined;
      simple_prefix?: {} | undefined;
    } | undefined;
  };
  aws_s3_bucket_ownership_controls: {
    bucket: Text;
    id?: Text | undefined;
    rule: {
      object_ownership: Text;
    };
  };
  aws_s3_bucket_policy: {
    bucket: Text;
    id?: Text | undefined;
    policy: Text;
  };
  aws_s3_bucket_public_access_block: {
    block_public_acls?: Bool | undefined;
    block_public_policy?: Bool | undefined;
    bucket: Text;
    id?: Text | undefined;
    ignore_public_acls?: Bool | undefined;
    restrict_public_buckets?: Bool | undefined;
  };
  aws_s3_bucket_server_side_encryption_configuration: {
    bucket: Text;
    expected_bucket_owner?: Text | undefined;
    id?: Text | undefined;
    rule: OneOrMore<{
      bucket_key_enabled?: Bool | undefined;
      apply_server_side_encryption_by_default?: {
        kms_master_key_id?: Text | undefined;
        sse_algorithm: Text;
      } | undefined;
    }>;
  };
  aws_s3_bucket_versioning: {
    bucket: Text;
    expected_bucket_owner?: Text | undefined;
    id?: Text | undefined;
    mfa?: Text | undefined;
    versioning_configuration: {
      mfa_delete?: Text | undefined;
      status: Text;
    };
  };
  aws_scheduler_schedule: {
    description?: Text | undefined;
    end_date?: Text | undefined;
    group_name?: Text | undefined;
    id?: Text | undefined;
    kms_key_arn?: Text | undefined;
    name?: Text | undefined;
    name_prefix?: Text | undefined;
    schedule_expression: Text;
    schedule_expression_timezone?: Text | undefined;
    start_date?: Text | undefined;
    state?: Text | undefined;
    flexible_time_window: {
      maximum_window_in_minutes?: Num | undefined;
      mode: Text;
    };
    target: {
      arn: Text;
      input?: Text | undefined;
      role_arn: Text;
      dead_letter_config?: {
        arn: Text;
      } | undefined;
      ecs_parameters?: {
        enable_ecs_managed_tags?: Bool | undefined;
        enable_execute_command?: Bool | undefined;
        group?: Text | undefined;
        launch_type?: Text | undefined;
        platform_version?: Text | undefined;
        propagate_tags?: Text | undefined;
        reference_id?: Text | undefined;
        tags?: MapOf<Text> | undefined;
        task_count?: Num | undefined;
        task_definition_arn: Text;
        capacity_provider_strategy?: OneOrMore<{
          base?: Num | undefined;
          capacity_provider: Text;
          weight?: Num | undefined;
        }> | undefined;
        network_configuration?: {
          assign_public_ip?: Bool | undefined;
          security_groups?: List<Text> | undefined;
          subnets: List<Text>;
        } | undefined;
        placement_constraints?: OneOrMore<{
          expression?: Text | undefined;
          type: Text;
        }> | undefined;
        placement_strategy?: OneOrMore<{
          field?: Text | undefined;
          type: Text;
        }> | undefined;
      } | undefined;
      eventbridge_parameters?: {
        detail_type: Text;
        source: Text;
      } | undefined;
      kinesis_parameters?: {
        partition_key: Text;
      } | undefined;
      retry_policy?: {
        maximum_event_age_in_seconds?: Num | undefined;
        maximum_retry_attempts?: Num | undefined;
      } | undefined;
      sagemaker_pipeline_parameters?: {
        pipeline_parameter?: OneOrMore<{
          name: Text;
          value: Text;
        }> | undefined;
      } | undefined;
      sqs_parameters?: {
        message_group_id?: Text | undefined;
      } | undefined;
    };
  };
  aws_secretsmanager_secret: {
    description?: Text | undefined;
    force_overwrite_replica_secret?: Bool | undefined;
    id?: Text | undefined;
    kms_key_id?: Text | undefined;
    name?: Text | undefined;
    name_prefix?: Text | undefined;
    policy?: Text | undefined;
    recovery_window_in_days?: Num | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    replica?: OneOrMore<{
      kms_key_id?: Text | undefined;
      region: Text;
    }> | undefined;
  };
  aws_secretsmanager_secret_rotation: {
    id?: Text | undefined;
    rotate_immediately?: Bool | undefined;
    rotation_lambda_arn?: Text | undefined;
    secret_id: Text;
    rotation_rules: {
      automatically_after_days?: Num | undefined;
      duration?: Text | undefined;
      schedule_expression?: Text | undefined;
    };
  };
  aws_secretsmanager_secret_version: {
    id?: Text | undefined;
    secret_binary?: Text | undefined;
    secret_id: Text;
    secret_string?: Text | undefined;
    secret_string_wo?: Text | undefined;
    secret_string_wo_version?: Num | undefined;
    version_stages?: List<Text> | undefined;
  };
  aws_security_group: {
    description?: Text | undefined;
    egress?: List<{ cidr_blocks?: List<Text> | undefined; description?: Text | undefined; from_port?: Num | undefined; ipv6_cidr_blocks?: List<Text> | undefined; prefix_list_ids?: List<Text> | undefined; protocol?: Text | undefined; security_groups?: List<Text> | undefined; self?: Bool | undefined; to_port?: Num | undefined }> | undefined;
    id?: Text | undefined;
    ingress?: List<{ cidr_blocks?: List<Text> | undefined; description?: Text | undefined; from_port?: Num | undefined; ipv6_cidr_blocks?: List<Text> | undefined; prefix_list_ids?: List<Text> | undefined; protocol?: Text | undefined; security_groups?: List<Text> | undefined; self?: Bool | undefined; to_port?: Num | undefined }> | undefined;
    name?: Text | undefined;
    name_prefix?: Text | undefined;
    revoke_rules_on_delete?: Bool | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    vpc_id?: Text | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
    } | undefined;
  };
  aws_service_discovery_private_dns_namespace: {
    description?: Text | undefined;
    id?: Text | undefined;
    name: Text;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    vpc: Text;
  };
  aws_service_discovery_service: {
    description?: Text | undefined;
    force_destroy?: Bool | undefined;
    id?: Text | undefined;
    name: Text;
    namespace_id?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    type?: Text | undefined;
    dns_config?: {
      namespace_id: Text;
      routing_policy?: Text | undefined;
      dns_records: OneOrMore<{
        ttl: Num;
        type: Text;
      }>;
    } | undefined;
    health_check_config?: {
      failure_threshold?: Num | undefined;
      resource_path?: Text | undefined;
      type?: Text | undefined;
    } | undefined;
    health_check_custom_config?: {
      failure_threshold?: Num | undefined;
    } | undefined;
  };
  aws_ses_domain_dkim: {
    domain: Text;
    id?: Text | undefined;
  };
  aws_ses_domain_identity: {
    domain: Text;
    id?: Text | undefined;
  };
  aws_ses_email_identity: {
    email: Text;
    id?: Text | undefined;
  };
  aws_sesv2_configuration_set: {
    configuration_set_name: Text;
    id?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    delivery_options?: {
      max_delivery_seconds?: Num | undefined;
      sending_pool_name?: Text | undefined;
      tls_policy?: Text | undefined;
    } | undefined;
    reputation_options?: {
      reputation_metrics_enabled?: Bool | undefined;
    } | undefined;
    sending_options?: {
      sending_enabled?: Bool | undefined;
    } | undefined;
    suppression_options?: {
      suppressed_reasons?: List<Text> | undefined;
    } | undefined;
    tracking_options?: {
      custom_redirect_domain: Text;
      https_policy?: Text | undefined;
    } | undefined;
    vdm_options?: {
      dashboard_options?: {
        engagement_metrics?: Text | undefined;
      } | undefined;
      guardian_options?: {
        optimized_shared_delivery?: Text | undefined;
      } | undefined;
    } | undefined;
  };
  aws_sesv2_configuration_set_event_destination: {
    configuration_set_name: Text;
    event_destination_name: Text;
    id?: Text | undefined;
    event_destination: {
      enabled?: Bool | undefined;
      matching_event_types: List<Text>;
      cloud_watch_destination?: {
        dimension_configuration: OneOrMore<{
          default_dimension_value: Text;
          dimension_name: Text;
          dimension_value_source: Text;
        }>;
      } | undefined;
      event_bridge_destination?: {
        event_bus_arn: Text;
      } | undefined;
      kinesis_firehose_destination?: {
        delivery_stream_arn: Text;
        iam_role_arn: Text;
      } | undefined;
      pinpoint_destination?: {
        application_arn: Text;
      } | undefined;
      sns_destination?: {
        topic_arn: Text;
      } | undefined;
    };
  };
  aws_sesv2_email_identity: {
    configuration_set_name?: Text | undefined;
    email_identity: Text;
    id?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    dkim_signing_attributes?: {
      domain_signing_private_key?: Text | undefined;
      domain_signing_selector?: Text | undefined;
      next_signing_key_length?: Text | undefined;
    } | undefined;
  };
  aws_sesv2_email_identity_mail_from_attributes: {
    behavior_on_mx_failure?: Text | undefined;
    email_identity: Text;
    id?: Text | undefined;
    mail_from_domain?: Text | undefined;
  };
  aws_sns_topic: {
    application_failure_feedback_role_arn?: Text | undefined;
    application_success_feedback_role_arn?: Text | undefined;
    application_success_feedback_sample_rate?: Num | undefined;
    archive_policy?: Text | undefined;
    content_based_deduplication?: Bool | undefined;
    delivery_policy?: Text | undefined;
    display_name?: Text | undefined;
    fifo_throughput_scope?: Text | undefined;
    fifo_topic?: Bool | undefined;
    firehose_failure_feedback_role_arn?: Text | undefined;
    firehose_success_feedback_role_arn?: Text | undefined;
    firehose_success_feedback_sample_rate?: Num | undefined;
    http_failure_feedback_role_arn?: Text | undefined;
    http_success_feedback_role_arn?: Text | undefined;
    http_success_feedback_sample_rate?: Num | undefined;
    id?: Text | undefined;
    kms_master_key_id?: Text | undefined;
    lambda_failure_feedback_role_arn?: Text | undefined;
    lambda_success_feedback_role_arn?: Text | undefined;
    lambda_success_feedback_sample_rate?: Num | undefined;
    name?: Text | undefined;
    name_prefix?: Text | undefined;
    policy?: Text | undefined;
    signature_version?: Num | undefined;
    sqs_failure_feedback_role_arn?: Text | undefined;
    sqs_success_feedback_role_arn?: Text | undefined;
    sqs_success_feedback_sample_rate?: Num | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    tracing_config?: Text | undefined;
  };
  aws_sns_topic_subscription: {
    confirmation_timeout_in_minutes?: Num | undefined;
    delivery_policy?: Text | undefined;
    endpoint: Text;
    endpoint_auto_confirms?: Bool | undefined;
    filter_policy?: Text | undefined;
    filter_policy_scope?: Text | undefined;
    id?: Text | undefined;
    protocol: Text;
    raw_message_delivery?: Bool | undefined;
    redrive_policy?: Text | undefined;
    replay_policy?: Text | undefined;
    subscription_role_arn?: Text | undefined;
    topic_arn: Text;
  };
  aws_sqs_queue: {
    content_based_deduplication?: Bool | undefined;
    deduplication_scope?: Text | undefined;
    delay_seconds?: Num | undefined;
    fifo_queue?: Bool | undefined;
    fifo_throughput_limit?: Text | undefined;
    id?: Text | undefined;
    kms_data_key_reuse_period_seconds?: Num | undefined;
    kms_master_key_id?: Text | undefined;
    max_message_size?: Num | undefined;
    message_retention_seconds?: Num | undefined;
    name?: Text | undefined;
    name_prefix?: Text | undefined;
    policy?: Text | undefined;
    receive_wait_time_seconds?: Num | undefined;
    redrive_allow_policy?: Text | undefined;
    redrive_policy?: Text | undefined;
    sqs_managed_sse_enabled?: Bool | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    visibility_timeout_seconds?: Num | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_ssm_parameter: {
    allowed_pattern?: Text | undefined;
    arn?: Text | undefined;
    data_type?: Text | undefined;
    description?: Text | undefined;
    id?: Text | undefined;
    insecure_value?: Text | undefined;
    key_id?: Text | undefined;
    name: Text;
    overwrite?: Bool | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    tier?: Text | undefined;
    type: Text;
    value?: Text | undefined;
    value_wo?: Text | undefined;
    value_wo_version?: Num | undefined;
  };
  aws_subnet: {
    assign_ipv6_address_on_creation?: Bool | undefined;
    availability_zone?: Text | undefined;
    availability_zone_id?: Text | undefined;
    cidr_block?: Text | undefined;
    customer_owned_ipv4_pool?: Text | undefined;
    enable_dns64?: Bool | undefined;
    enable_lni_at_device_index?: Num | undefined;
    enable_resource_name_dns_a_record_on_launch?: Bool | undefined;
    enable_resource_name_dns_aaaa_record_on_launch?: Bool | undefined;
    id?: Text | undefined;
    ipv6_cidr_block?: Text | undefined;
    ipv6_native?: Bool | undefined;
    map_customer_owned_ip_on_launch?: Bool | undefined;
    map_public_ip_on_launch?: Bool | undefined;
    outpost_arn?: Text | undefined;
    private_dns_hostname_type_on_launch?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    vpc_id: Text;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
    } | undefined;
  };
  aws_vpc: {
    assign_generated_ipv6_cidr_block?: Bool | undefined;
    cidr_block?: Text | undefined;
    enable_dns_hostnames?: Bool | undefined;
    enable_dns_support?: Bool | undefined;
    enable_network_address_usage_metrics?: Bool | undefined;
    id?: Text | undefined;
    instance_tenancy?: Text | undefined;
    ipv4_ipam_pool_id?: Text | undefined;
    ipv4_netmask_length?: Num | undefined;
    ipv6_cidr_block?: Text | undefined;
    ipv6_cidr_block_network_border_group?: Text | undefined;
    ipv6_ipam_pool_id?: Text | undefined;
    ipv6_netmask_length?: Num | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
  };
  aws_vpc_endpoint: {
    auto_accept?: Bool | undefined;
    id?: Text | undefined;
    ip_address_type?: Text | undefined;
    policy?: Text | undefined;
    private_dns_enabled?: Bool | undefined;
    resource_configuration_arn?: Text | undefined;
    route_table_ids?: List<Text> | undefined;
    security_group_ids?: List<Text> | undefined;
    service_name?: Text | undefined;
    service_network_arn?: Text | undefined;
    service_region?: Text | undefined;
    subnet_ids?: List<Text> | undefined;
    tags?: MapOf<Text> | undefined;
    tags_all?: MapOf<Text> | undefined;
    vpc_endpoint_type?: Text | undefined;
    vpc_id: Text;
    dns_options?: {
      dns_record_ip_type?: Text | undefined;
      private_dns_only_for_inbound_resolver_endpoint?: Bool | undefined;
    } | undefined;
    subnet_configuration?: OneOrMore<{
      ipv4?: Text | undefined;
      ipv6?: Text | undefined;
      subnet_id?: Text | undefined;
    }> | undefined;
    timeouts?: {
      create?: Text | undefined;
      delete?: Text | undefined;
      update?: Text | undefined;
    } | undefined;
  };
  aws_vpc_security_group_egress_rule: {
    cidr_ipv4?: Text | undefined;
    cidr_ipv6?: Text | undefined;
    description?: Text | undefined;
    from_port?: Num | undefined;
    ip_protocol: Text;
    prefix_list_id?: Text | undefined;
    referenced_security_group_id?: Text | undefined;
    security_group_id: Text;
    tags?: MapOf<Text> | undefined;
    to_port?: Num | undefined;
  };
  aws_vpc_security_group_ingress_rule: {
    cidr_ipv4?: Text | undefined;
    cidr_ipv6?: Text | undefined;
    description?: Text | undefined;
    from_port?: Num | undefined;
    ip_protocol: Text;
    prefix_list_id?: Text | undefined;
    referenced_security_group_id?: Text | undefined;
    security_group_id: Text;
    tags?: MapOf<Text> | undefined;
    to_port?: Num | undefined;
  };
  terraform_data: {
    input?: Dynamic | undefined;
    triggers_replace?: Dynamic | undefined;
  };
}

export interface ResourceAttributes {
  aws_acm_certificate: 'arn' | 'certificate_authority_arn' | 'certificate_body' | 'certificate_chain' | 'domain_name' | 'domain_validation_options' | 'early_renewal_duration' | 'id' | 'key_algorithm' | 'not_after' | 'not_before' | 'pending_renewal' | 'private_key' | 'renewal_eligibility' | 'renewal_summary' | 'status' | 'subject_alternative_names' | 'tags' | 'tags_all' | 'type' | 'validation_emails' | 'validation_method' | 'options' | 'validation_option';
  aws_acm_certificate_validation: 'certificate_arn' | 'id' | 'validation_record_fqdns' | 'timeouts';
  aws_apigatewayv2_api: 'api_endpoint' | 'api_key_selection_expression' | 'arn' | 'body' | 'credentials_arn' | 'description' | 'disable_execute_api_endpoint' | 'execution_arn' | 'fail_on_warnings' | 'id' | 'ip_address_type' | 'name' | 'protocol_type' | 'route_key' | 'route_selection_expression' | 'tags' | 'tags_all' | 'target' | 'version' | 'cors_configuration';
  aws_apigatewayv2_api_mapping: 'api_id' | 'api_mapping_key' | 'domain_name' | 'id' | 'stage';
  aws_apigatewayv2_authorizer: 'api_id' | 'authorizer_credentials_arn' | 'authorizer_payload_format_version' | 'authorizer_result_ttl_in_seconds' | 'authorizer_type' | 'authorizer_uri' | 'enable_simple_responses' | 'id' | 'identity_sources' | 'name' | 'jwt_configuration' | 'timeouts';
  aws_apigatewayv2_domain_name: 'api_mapping_selection_expression' | 'arn' | 'domain_name' | 'id' | 'tags' | 'tags_all' | 'domain_name_configuration' | 'mutual_tls_authentication' | 'timeouts';
  aws_apigatewayv2_integration: 'api_id' | 'connection_id' | 'connection_type' | 'content_handling_strategy' | 'credentials_arn' | 'description' | 'id' | 'integration_method' | 'integration_response_selection_expression' | 'integration_subtype' | 'integration_type' | 'integration_uri' | 'passthrough_behavior' | 'payload_format_version' | 'request_parameters' | 'request_templates' | 'template_selection_expression' | 'timeout_milliseconds' | 'response_parameters' | 'tls_config';
  aws_apigatewayv2_route: 'api_id' | 'api_key_required' | 'authorization_scopes' | 'authorization_type' | 'authorizer_id' | 'id' | 'model_selection_expression' | 'operation_name' | 'request_models' | 'route_key' | 'route_response_selection_expression' | 'target' | 'request_parameter';
  aws_apigatewayv2_stage: 'api_id' | 'arn' | 'auto_deploy' | 'client_certificate_id' | 'deployment_id' | 'description' | 'execution_arn' | 'id' | 'invoke_url' | 'name' | 'stage_variables' | 'tags' | 'tags_all' | 'access_log_settings' | 'default_route_settings' | 'route_settings';
  aws_apigatewayv2_vpc_link: 'arn' | 'id' | 'name' | 'security_group_ids' | 'subnet_ids' | 'tags' | 'tags_all';
  aws_appautoscaling_policy: 'alarm_arns' | 'arn' | 'id' | 'name' | 'policy_type' | 'resource_id' | 'scalable_dimension' | 'service_namespace' | 'step_scaling_policy_configuration' | 'target_tracking_scaling_policy_configuration';
  aws_appautoscaling_scheduled_action: 'arn' | 'end_time' | 'id' | 'name' | 'resource_id' | 'scalable_dimension' | 'schedule' | 'service_namespace' | 'start_time' | 'timezone' | 'scalable_target_action';
  aws_appautoscaling_target: 'arn' | 'id' | 'max_capacity' | 'min_capacity' | 'resource_id' | 'role_arn' | 'scalable_dimension' | 'service_namespace' | 'tags' | 'tags_all' | 'suspended_state';
  aws_budgets_budget: 'account_id' | 'arn' | 'budget_type' | 'id' | 'limit_amount' | 'limit_unit' | 'name' | 'name_prefix' | 'tags' | 'tags_all' | 'time_period_end' | 'time_period_start' | 'time_unit' | 'auto_adjust_data' | 'cost_filter' | 'cost_types' | 'notification' | 'planned_limit';
  aws_cloudfront_distribution: 'aliases' | 'arn' | 'caller_reference' | 'comment' | 'continuous_deployment_policy_id' | 'default_root_object' | 'domain_name' | 'enabled' | 'etag' | 'hosted_zone_id' | 'http_version' | 'id' | 'in_progress_validation_batches' | 'is_ipv6_enabled' | 'last_modified_time' | 'price_class' | 'retain_on_delete' | 'staging' | 'status' | 'tags' | 'tags_all' | 'trusted_key_groups' | 'trusted_signers' | 'wait_for_deployment' | 'web_acl_id' | 'custom_error_response' | 'default_cache_behavior' | 'logging_config' | 'ordered_cache_behavior' | 'origin' | 'origin_group' | 'restrictions' | 'viewer_certificate';
  aws_cloudfront_origin_access_control: 'arn' | 'description' | 'etag' | 'id' | 'name' | 'origin_access_control_origin_type' | 'signing_behavior' | 'signing_protocol';
  aws_cloudfront_response_headers_policy: 'arn' | 'comment' | 'etag' | 'id' | 'name' | 'cors_config' | 'custom_headers_config' | 'remove_headers_config' | 'security_headers_config' | 'server_timing_headers_config';
  aws_cloudwatch_dashboard: 'dashboard_arn' | 'dashboard_body' | 'dashboard_name' | 'id';
  aws_cloudwatch_event_rule: 'arn' | 'description' | 'event_bus_name' | 'event_pattern' | 'force_destroy' | 'id' | 'is_enabled' | 'name' | 'name_prefix' | 'role_arn' | 'schedule_expression' | 'state' | 'tags' | 'tags_all';
  aws_cloudwatch_event_target: 'arn' | 'event_bus_name' | 'force_destroy' | 'id' | 'input' | 'input_path' | 'role_arn' | 'rule' | 'target_id' | 'appsync_target' | 'batch_target' | 'dead_letter_config' | 'ecs_target' | 'http_target' | 'input_transformer' | 'kinesis_target' | 'redshift_target' | 'retry_policy' | 'run_command_targets' | 'sagemaker_pipeline_target' | 'sqs_target';
  aws_cloudwatch_log_group: 'arn' | 'id' | 'kms_key_id' | 'log_group_class' | 'name' | 'name_prefix' | 'retention_in_days' | 'skip_destroy' | 'tags' | 'tags_all';
  aws_cloudwatch_log_metric_filter: 'id' | 'log_group_name' | 'name' | 'pattern' | 'metric_transformation';
  aws_cloudwatch_log_resource_policy: 'id' | 'policy_document' | 'policy_name';
  aws_cloudwatch_log_stream: 'arn' | 'id' | 'log_group_name' | 'name';
  aws_cloudwatch_log_subscription_filter: 'destination_arn' | 'distribution' | 'filter_pattern' | 'id' | 'log_group_name' | 'name' | 'role_arn';
  aws_cloudwatch_metric_alarm: 'actions_enabled' | 'alarm_actions' | 'alarm_description' | 'alarm_name' | 'arn' | 'comparison_operator' | 'datapoints_to_alarm' | 'dimensions' | 'evaluate_low_sample_count_percentiles' | 'evaluation_periods' | 'extended_statistic' | 'id' | 'insufficient_data_actions' | 'metric_name' | 'namespace' | 'ok_actions' | 'period' | 'statistic' | 'tags' | 'tags_all' | 'threshold' | 'threshold_metric_id' | 'treat_missing_data' | 'unit' | 'metric_query';
  aws_codebuild_project: 'arn' | 'badge_enabled' | 'badge_url' | 'build_timeout' | 'concurrent_build_limit' | 'description' | 'encryption_key' | 'id' | 'name' | 'project_visibility' | 'public_project_alias' | 'queued_timeout' | 'resource_access_role' | 'service_role' | 'source_version' | 'tags' | 'tags_all' | 'artifacts' | 'build_batch_config' | 'cache' | 'environment' | 'file_system_locations' | 'logs_config' | 'secondary_artifacts' | 'secondary_source_version' | 'secondary_sources' | 'source' | 'vpc_config';
  aws_codebuild_source_credential: 'arn' | 'auth_type' | 'id' | 'server_type' | 'token' | 'user_name';
  aws_codebuild_webhook: 'branch_filter' | 'build_type' | 'id' | 'manual_creation' | 'payload_url' | 'project_name' | 'secret' | 'url' | 'filter_group' | 'scope_configuration';
  aws_codecommit_repository: 'arn' | 'clone_url_http' | 'clone_url_ssh' | 'default_branch' | 'description' | 'id' | 'kms_key_id' | 'repository_id' | 'repository_name' | 'tags' | 'tags_all';
  aws_codeconnections_connection: 'arn' | 'connection_status' | 'host_arn' | 'id' | 'name' | 'owner_account_id' | 'provider_type' | 'tags' | 'tags_all' | 'timeouts';
  aws_codepipeline: 'arn' | 'execution_mode' | 'id' | 'name' | 'pipeline_type' | 'role_arn' | 'tags' | 'tags_all' | 'trigger_all' | 'artifact_store' | 'stage' | 'trigger' | 'variable';
  aws_codestarnotifications_notification_rule: 'arn' | 'detail_type' | 'event_type_ids' | 'id' | 'name' | 'resource' | 'status' | 'tags' | 'tags_all' | 'target';
  aws_cognito_identity_provider: 'attribute_mapping' | 'id' | 'idp_identifiers' | 'provider_details' | 'provider_name' | 'provider_type' | 'user_pool_id';
  aws_cognito_resource_server: 'id' | 'identifier' | 'name' | 'scope_identifiers' | 'user_pool_id' | 'scope';
  aws_cognito_user_group: 'description' | 'id' | 'name' | 'precedence' | 'role_arn' | 'user_pool_id';
  aws_cognito_user_pool: 'alias_attributes' | 'arn' | 'auto_verified_attributes' | 'creation_date' | 'custom_domain' | 'deletion_protection' | 'domain' | 'email_verification_message' | 'email_verification_subject' | 'endpoint' | 'estimated_number_of_users' | 'id' | 'last_modified_date' | 'mfa_configuration' | 'name' | 'sms_authentication_message' | 'sms_verification_message' | 'tags' | 'tags_all' | 'user_pool_tier' | 'username_attributes' | 'account_recovery_setting' | 'admin_create_user_config' | 'device_configuration' | 'email_configuration' | 'email_mfa_configuration' | 'lambda_config' | 'password_policy' | 'schema' | 'sign_in_policy' | 'sms_configuration' | 'software_token_mfa_configuration' | 'user_attribute_update_settings' | 'user_pool_add_ons' | 'username_configuration' | 'verification_message_template' | 'web_authn_configuration';
  aws_cognito_user_pool_client: 'access_token_validity' | 'allowed_oauth_flows' | 'allowed_oauth_flows_user_pool_client' | 'allowed_oauth_scopes' | 'auth_session_validity' | 'callback_urls' | 'client_secret' | 'default_redirect_uri' | 'enable_propagate_additional_user_context_data' | 'enable_token_revocation' | 'explicit_auth_flows' | 'generate_secret' | 'id' | 'id_token_validity' | 'logout_urls' | 'name' | 'prevent_user_existence_errors' | 'read_attributes' | 'refresh_token_validity' | 'supported_identity_providers' | 'user_pool_id' | 'write_attributes' | 'analytics_configuration' | 'refresh_token_rotation' | 'token_validity_units';
  aws_cognito_user_pool_domain: 'aws_account_id' | 'certificate_arn' | 'cloudfront_distribution' | 'cloudfront_distribution_arn' | 'cloudfront_distribution_zone_id' | 'domain' | 'id' | 'managed_login_version' | 's3_bucket' | 'user_pool_id' | 'version';
  aws_db_instance: 'address' | 'allocated_storage' | 'allow_major_version_upgrade' | 'apply_immediately' | 'arn' | 'auto_minor_version_upgrade' | 'availability_zone' | 'backup_retention_period' | 'backup_target' | 'backup_window' | 'ca_cert_identifier' | 'character_set_name' | 'copy_tags_to_snapshot' | 'custom_iam_instance_profile' | 'customer_owned_ip_enabled' | 'database_insights_mode' | 'db_name' | 'db_subnet_group_name' | 'dedicated_log_volume' | 'delete_automated_backups' | 'deletion_protection' | 'domain' | 'domain_auth_secret_arn' | 'domain_dns_ips' | 'domain_fqdn' | 'domain_iam_role_name' | 'domain_ou' | 'enabled_cloudwatch_logs_exports' | 'endpoint' | 'engine' | 'engine_lifecycle_support' | 'engine_version' | 'engine_version_actual' | 'final_snapshot_identifier' | 'hosted_zone_id' | 'iam_database_authentication_enabled' | 'id' | 'identifier' | 'identifier_prefix' | 'instance_class' | 'iops' | 'kms_key_id' | 'latest_restorable_time' | 'license_model' | 'listener_endpoint' | 'maintenance_window' | 'manage_master_user_password' | 'master_user_secret' | 'master_user_secret_kms_key_id' | 'max_allocated_storage' | 'monitoring_interval' | 'monitoring_role_arn' | 'multi_az' | 'nchar_character_set_name' | 'network_type' | 'option_group_name' | 'parameter_group_name' | 'password' | 'password_wo' | 'password_wo_version' | 'performance_insights_enabled' | 'performance_insights_kms_key_id' | 'performance_insights_retention_period' | 'port' | 'publicly_accessible' | 'replica_mode' | 'replicas' | 'replicate_source_db' | 'resource_id' | 'skip_final_snapshot' | 'snapshot_identifier' | 'status' | 'storage_encrypted' | 'storage_throughput' | 'storage_type' | 'tags' | 'tags_all' | 'timezone' | 'upgrade_storage_config' | 'username' | 'vpc_security_group_ids' | 'blue_green_update' | 'restore_to_point_in_time' | 's3_import' | 'timeouts';
  aws_db_parameter_group: 'arn' | 'description' | 'family' | 'id' | 'name' | 'name_prefix' | 'skip_destroy' | 'tags' | 'tags_all' | 'parameter';
  aws_db_proxy: 'arn' | 'debug_logging' | 'endpoint' | 'engine_family' | 'id' | 'idle_client_timeout' | 'name' | 'require_tls' | 'role_arn' | 'tags' | 'tags_all' | 'vpc_security_group_ids' | 'vpc_subnet_ids' | 'auth' | 'timeouts';
  aws_db_subnet_group: 'arn' | 'description' | 'id' | 'name' | 'name_prefix' | 'subnet_ids' | 'supported_network_types' | 'tags' | 'tags_all' | 'vpc_id';
  aws_default_security_group: 'arn' | 'description' | 'egress' | 'id' | 'ingress' | 'name' | 'name_prefix' | 'owner_id' | 'revoke_rules_on_delete' | 'tags' | 'tags_all' | 'vpc_id';
  aws_dynamodb_table: 'arn' | 'billing_mode' | 'deletion_protection_enabled' | 'hash_key' | 'id' | 'name' | 'range_key' | 'read_capacity' | 'restore_date_time' | 'restore_source_name' | 'restore_source_table_arn' | 'restore_to_latest_time' | 'stream_arn' | 'stream_enabled' | 'stream_label' | 'stream_view_type' | 'table_class' | 'tags' | 'tags_all' | 'write_capacity' | 'attribute' | 'global_secondary_index' | 'import_table' | 'local_secondary_index' | 'on_demand_throughput' | 'point_in_time_recovery' | 'replica' | 'server_side_encryption' | 'timeouts' | 'ttl';
  aws_ecr_lifecycle_policy: 'id' | 'policy' | 'registry_id' | 'repository';
  aws_ecr_repository: 'arn' | 'force_delete' | 'id' | 'image_tag_mutability' | 'name' | 'registry_id' | 'repository_url' | 'tags' | 'tags_all' | 'encryption_configuration' | 'image_scanning_configuration' | 'timeouts';
  aws_ecr_repository_policy: 'id' | 'policy' | 'registry_id' | 'repository';
  aws_ecs_cluster: 'arn' | 'id' | 'name' | 'tags' | 'tags_all' | 'configuration' | 'service_connect_defaults' | 'setting';
  aws_ecs_cluster_capacity_providers: 'capacity_providers' | 'cluster_name' | 'id' | 'default_capacity_provider_strategy';
  aws_ecs_express_gateway_service: 'cluster' | 'cpu' | 'current_deployment' | 'execution_role_arn' | 'health_check_path' | 'infrastructure_role_arn' | 'ingress_paths' | 'memory' | 'region' | 'service_arn' | 'service_name' | 'service_revision_arn' | 'tags' | 'tags_all' | 'task_role_arn' | 'wait_for_steady_state' | 'network_configuration' | 'primary_container' | 'scaling_target' | 'timeouts';
  aws_ecs_service: 'availability_zone_rebalancing' | 'cluster' | 'deployment_maximum_percent' | 'deployment_minimum_healthy_percent' | 'desired_count' | 'enable_ecs_managed_tags' | 'enable_execute_command' | 'force_delete' | 'force_new_deployment' | 'health_check_grace_period_seconds' | 'iam_role' | 'id' | 'launch_type' | 'name' | 'platform_version' | 'propagate_tags' | 'scheduling_strategy' | 'tags' | 'tags_all' | 'task_definition' | 'triggers' | 'wait_for_steady_state' | 'alarms' | 'capacity_provider_strategy' | 'deployment_circuit_breaker' | 'deployment_controller' | 'load_balancer' | 'network_configuration' | 'ordered_placement_strategy' | 'placement_constraints' | 'service_connect_configuration' | 'service_registries' | 'timeouts' | 'volume_configuration' | 'vpc_lattice_configurations';
  aws_ecs_task_definition: 'arn' | 'arn_without_revision' | 'container_definitions' | 'cpu' | 'enable_fault_injection' | 'execution_role_arn' | 'family' | 'id' | 'ipc_mode' | 'memory' | 'network_mode' | 'pid_mode' | 'requires_compatibilities' | 'revision' | 'skip_destroy' | 'tags' | 'tags_all' | 'task_role_arn' | 'track_latest' | 'ephemeral_storage' | 'placement_constraints' | 'proxy_configuration' | 'runtime_platform' | 'volume';
  aws_efs_access_point: 'arn' | 'file_system_arn' | 'file_system_id' | 'id' | 'owner_id' | 'tags' | 'tags_all' | 'posix_user' | 'root_directory';
  aws_efs_backup_policy: 'file_system_id' | 'id' | 'backup_policy';
  aws_efs_file_system: 'arn' | 'availability_zone_id' | 'availability_zone_name' | 'creation_token' | 'dns_name' | 'encrypted' | 'id' | 'kms_key_id' | 'name' | 'number_of_mount_targets' | 'owner_id' | 'performance_mode' | 'provisioned_throughput_in_mibps' | 'size_in_bytes' | 'tags' | 'tags_all' | 'throughput_mode' | 'lifecycle_policy' | 'protection';
  aws_efs_file_system_policy: 'bypass_policy_lockout_safety_check' | 'file_system_id' | 'id' | 'policy';
  aws_efs_mount_target: 'availability_zone_id' | 'availability_zone_name' | 'dns_name' | 'file_system_arn' | 'file_system_id' | 'id' | 'ip_address' | 'mount_target_dns_name' | 'network_interface_id' | 'owner_id' | 'security_groups' | 'subnet_id' | 'timeouts';
  aws_egress_only_internet_gateway: 'id' | 'tags' | 'tags_all' | 'vpc_id';
  aws_eip: 'address' | 'allocation_id' | 'arn' | 'associate_with_private_ip' | 'association_id' | 'carrier_ip' | 'customer_owned_ip' | 'customer_owned_ipv4_pool' | 'domain' | 'id' | 'instance' | 'ipam_pool_id' | 'network_border_group' | 'network_interface' | 'private_dns' | 'private_ip' | 'ptr_record' | 'public_dns' | 'public_ip' | 'public_ipv4_pool' | 'tags' | 'tags_all' | 'timeouts';
  aws_elasticache_serverless_cache: 'arn' | 'create_time' | 'daily_snapshot_time' | 'description' | 'endpoint' | 'engine' | 'full_engine_version' | 'id' | 'kms_key_id' | 'major_engine_version' | 'name' | 'reader_endpoint' | 'security_group_ids' | 'snapshot_arns_to_restore' | 'snapshot_retention_limit' | 'status' | 'subnet_ids' | 'tags' | 'tags_all' | 'user_group_id' | 'cache_usage_limits' | 'timeouts';
  aws_flow_log: 'arn' | 'deliver_cross_account_role' | 'eni_id' | 'iam_role_arn' | 'id' | 'log_destination' | 'log_destination_type' | 'log_format' | 'max_aggregation_interval' | 'subnet_id' | 'tags' | 'tags_all' | 'traffic_type' | 'transit_gateway_attachment_id' | 'transit_gateway_id' | 'vpc_id' | 'destination_options';
  aws_iam_openid_connect_provider: 'arn' | 'client_id_list' | 'id' | 'tags' | 'tags_all' | 'thumbprint_list' | 'url';
  aws_iam_policy: 'arn' | 'attachment_count' | 'description' | 'id' | 'name' | 'name_prefix' | 'path' | 'policy' | 'policy_id' | 'tags' | 'tags_all';
  aws_iam_role: 'arn' | 'assume_role_policy' | 'create_date' | 'description' | 'force_detach_policies' | 'id' | 'managed_policy_arns' | 'max_session_duration' | 'name' | 'name_prefix' | 'path' | 'permissions_boundary' | 'tags' | 'tags_all' | 'unique_id' | 'inline_policy';
  aws_iam_role_policy: 'id' | 'name' | 'name_prefix' | 'policy' | 'role';
  aws_iam_role_policy_attachment: 'id' | 'policy_arn' | 'role';
  aws_iam_service_linked_role: 'arn' | 'aws_service_name' | 'create_date' | 'custom_suffix' | 'description' | 'id' | 'name' | 'path' | 'tags' | 'tags_all' | 'unique_id';
  aws_internet_gateway: 'arn' | 'id' | 'owner_id' | 'tags' | 'tags_all' | 'vpc_id' | 'timeouts';
  aws_kinesis_firehose_delivery_stream: 'arn' | 'destination' | 'destination_id' | 'id' | 'name' | 'tags' | 'tags_all' | 'version_id' | 'elasticsearch_configuration' | 'extended_s3_configuration' | 'http_endpoint_configuration' | 'iceberg_configuration' | 'kinesis_source_configuration' | 'msk_source_configuration' | 'opensearch_configuration' | 'opensearchserverless_configuration' | 'redshift_configuration' | 'server_side_encryption' | 'snowflake_configuration' | 'splunk_configuration' | 'timeouts';
  aws_kms_alias: 'arn' | 'id' | 'name' | 'name_prefix' | 'target_key_arn' | 'target_key_id';
  aws_kms_key: 'arn' | 'bypass_policy_lockout_safety_check' | 'custom_key_store_id' | 'customer_master_key_spec' | 'deletion_window_in_days' | 'description' | 'enable_key_rotation' | 'id' | 'is_enabled' | 'key_id' | 'key_usage' | 'multi_region' | 'policy' | 'rotation_period_in_days' | 'tags' | 'tags_all' | 'xks_key_id' | 'timeouts';
  aws_lambda_alias: 'arn' | 'description' | 'function_name' | 'function_version' | 'id' | 'invoke_arn' | 'name' | 'routing_config';
  aws_lambda_function: 'architectures' | 'arn' | 'code_sha256' | 'code_signing_config_arn' | 'description' | 'filename' | 'function_name' | 'handler' | 'id' | 'image_uri' | 'invoke_arn' | 'kms_key_arn' | 'last_modified' | 'layers' | 'memory_size' | 'package_type' | 'publish' | 'qualified_arn' | 'qualified_invoke_arn' | 'replace_security_groups_on_destroy' | 'replacement_security_group_ids' | 'reserved_concurrent_executions' | 'role' | 'runtime' | 's3_bucket' | 's3_key' | 's3_object_version' | 'signing_job_arn' | 'signing_profile_version_arn' | 'skip_destroy' | 'source_code_hash' | 'source_code_size' | 'tags' | 'tags_all' | 'timeout' | 'version' | 'dead_letter_config' | 'environment' | 'ephemeral_storage' | 'file_system_config' | 'image_config' | 'logging_config' | 'snap_start' | 'timeouts' | 'tracing_config' | 'vpc_config';
  aws_lambda_function_url: 'authorization_type' | 'function_arn' | 'function_name' | 'function_url' | 'id' | 'invoke_mode' | 'qualifier' | 'url_id' | 'cors' | 'timeouts';
  aws_lambda_permission: 'action' | 'event_source_token' | 'function_name' | 'function_url_auth_type' | 'id' | 'principal' | 'principal_org_id' | 'qualifier' | 'source_account' | 'source_arn' | 'statement_id' | 'statement_id_prefix';
  aws_lb: 'arn' | 'arn_suffix' | 'client_keep_alive' | 'customer_owned_ipv4_pool' | 'desync_mitigation_mode' | 'dns_name' | 'dns_record_client_routing_policy' | 'drop_invalid_header_fields' | 'enable_cross_zone_load_balancing' | 'enable_deletion_protection' | 'enable_http2' | 'enable_tls_version_and_cipher_suite_headers' | 'enable_waf_fail_open' | 'enable_xff_client_port' | 'enable_zonal_shift' | 'enforce_security_group_inbound_rules_on_private_link_traffic' | 'id' | 'idle_timeout' | 'internal' | 'ip_address_type' | 'load_balancer_type' | 'name' | 'name_prefix' | 'preserve_host_header' | 'security_groups' | 'subnets' | 'tags' | 'tags_all' | 'vpc_id' | 'xff_header_processing_mode' | 'zone_id' | 'access_logs' | 'connection_logs' | 'ipam_pools' | 'minimum_load_balancer_capacity' | 'subnet_mapping' | 'timeouts';
  aws_lb_listener: 'alpn_policy' | 'arn' | 'certificate_arn' | 'id' | 'load_balancer_arn' | 'port' | 'protocol' | 'routing_http_request_x_amzn_mtls_clientcert_header_name' | 'routing_http_request_x_amzn_mtls_clientcert_issuer_header_name' | 'routing_http_request_x_amzn_mtls_clientcert_leaf_header_name' | 'routing_http_request_x_amzn_mtls_clientcert_serial_number_header_name' | 'routing_http_request_x_amzn_mtls_clientcert_subject_header_name' | 'routing_http_request_x_amzn_mtls_clientcert_validity_header_name' | 'routing_http_request_x_amzn_tls_cipher_suite_header_name' | 'routing_http_request_x_amzn_tls_version_header_name' | 'routing_http_response_access_control_allow_credentials_header_value' | 'routing_http_response_access_control_allow_headers_header_value' | 'routing_http_response_access_control_allow_methods_header_value' | 'routing_http_response_access_control_allow_origin_header_value' | 'routing_http_response_access_control_expose_headers_header_value' | 'routing_http_response_access_control_max_age_header_value' | 'routing_http_response_content_security_policy_header_value' | 'routing_http_response_server_enabled' | 'routing_http_response_strict_transport_security_header_value' | 'routing_http_response_x_content_type_options_header_value' | 'routing_http_response_x_frame_options_header_value' | 'ssl_policy' | 'tags' | 'tags_all' | 'tcp_idle_timeout_seconds' | 'default_action' | 'mutual_authentication' | 'timeouts';
  aws_lb_listener_certificate: 'certificate_arn' | 'id' | 'listener_arn';
  aws_lb_listener_rule: 'arn' | 'id' | 'listener_arn' | 'priority' | 'tags' | 'tags_all' | 'action' | 'condition';
  aws_lb_target_group: 'arn' | 'arn_suffix' | 'connection_termination' | 'deregistration_delay' | 'id' | 'ip_address_type' | 'lambda_multi_value_headers_enabled' | 'load_balancer_arns' | 'load_balancing_algorithm_type' | 'load_balancing_anomaly_mitigation' | 'load_balancing_cross_zone_enabled' | 'name' | 'name_prefix' | 'port' | 'preserve_client_ip' | 'protocol' | 'protocol_version' | 'proxy_protocol_v2' | 'slow_start' | 'tags' | 'tags_all' | 'target_type' | 'vpc_id' | 'health_check' | 'stickiness' | 'target_failover' | 'target_group_health' | 'target_health_state';
  aws_lb_target_group_attachment: 'availability_zone' | 'id' | 'port' | 'target_group_arn' | 'target_id';
  aws_nat_gateway: 'allocation_id' | 'association_id' | 'connectivity_type' | 'id' | 'network_interface_id' | 'private_ip' | 'public_ip' | 'secondary_allocation_ids' | 'secondary_private_ip_address_count' | 'secondary_private_ip_addresses' | 'subnet_id' | 'tags' | 'tags_all' | 'timeouts';
  aws_opensearch_domain: 'access_policies' | 'advanced_options' | 'arn' | 'dashboard_endpoint' | 'dashboard_endpoint_v2' | 'domain_endpoint_v2_hosted_zone_id' | 'domain_id' | 'domain_name' | 'endpoint' | 'endpoint_v2' | 'engine_version' | 'id' | 'ip_address_type' | 'kibana_endpoint' | 'tags' | 'tags_all' | 'advanced_security_options' | 'auto_tune_options' | 'cluster_config' | 'cognito_options' | 'domain_endpoint_options' | 'ebs_options' | 'encrypt_at_rest' | 'log_publishing_options' | 'node_to_node_encryption' | 'off_peak_window_options' | 'snapshot_options' | 'software_update_options' | 'timeouts' | 'vpc_options';
  aws_opensearch_domain_policy: 'access_policies' | 'domain_name' | 'id' | 'timeouts';
  aws_opensearchserverless_collection: 'arn' | 'collection_endpoint' | 'dashboard_endpoint' | 'description' | 'id' | 'kms_key_arn' | 'name' | 'standby_replicas' | 'tags' | 'tags_all' | 'type' | 'timeouts';
  aws_rds_cluster: 'allocated_storage' | 'allow_major_version_upgrade' | 'apply_immediately' | 'arn' | 'availability_zones' | 'backtrack_window' | 'backup_retention_period' | 'ca_certificate_identifier' | 'ca_certificate_valid_till' | 'cluster_identifier' | 'cluster_identifier_prefix' | 'cluster_members' | 'cluster_resource_id' | 'cluster_scalability_type' | 'copy_tags_to_snapshot' | 'database_insights_mode' | 'database_name' | 'db_cluster_instance_class' | 'db_cluster_parameter_group_name' | 'db_instance_parameter_group_name' | 'db_subnet_group_name' | 'db_system_id' | 'delete_automated_backups' | 'deletion_protection' | 'domain' | 'domain_iam_role_name' | 'enable_global_write_forwarding' | 'enable_http_endpoint' | 'enable_local_write_forwarding' | 'enabled_cloudwatch_logs_exports' | 'endpoint' | 'engine' | 'engine_lifecycle_support' | 'engine_mode' | 'engine_version' | 'engine_version_actual' | 'final_snapshot_identifier' | 'global_cluster_identifier' | 'hosted_zone_id' | 'iam_database_authentication_enabled' | 'iam_roles' | 'id' | 'iops' | 'kms_key_id' | 'manage_master_user_password' | 'master_password' | 'master_password_wo' | 'master_password_wo_version' | 'master_user_secret' | 'master_user_secret_kms_key_id' | 'master_username' | 'monitoring_interval' | 'monitoring_role_arn' | 'network_type' | 'performance_insights_enabled' | 'performance_insights_kms_key_id' | 'performance_insights_retention_period' | 'port' | 'preferred_backup_window' | 'preferred_maintenance_window' | 'reader_endpoint' | 'replication_source_identifier' | 'skip_final_snapshot' | 'snapshot_identifier' | 'source_region' | 'storage_encrypted' | 'storage_type' | 'tags' | 'tags_all' | 'vpc_security_group_ids' | 'restore_to_point_in_time' | 's3_import' | 'scaling_configuration' | 'serverlessv2_scaling_configuration' | 'timeouts';
  aws_rds_cluster_instance: 'apply_immediately' | 'arn' | 'auto_minor_version_upgrade' | 'availability_zone' | 'ca_cert_identifier' | 'cluster_identifier' | 'copy_tags_to_snapshot' | 'custom_iam_instance_profile' | 'db_parameter_group_name' | 'db_subnet_group_name' | 'dbi_resource_id' | 'endpoint' | 'engine' | 'engine_version' | 'engine_version_actual' | 'force_destroy' | 'id' | 'identifier' | 'identifier_prefix' | 'instance_class' | 'kms_key_id' | 'monitoring_interval' | 'monitoring_role_arn' | 'network_type' | 'performance_insights_enabled' | 'performance_insights_kms_key_id' | 'performance_insights_retention_period' | 'port' | 'preferred_backup_window' | 'preferred_maintenance_window' | 'promotion_tier' | 'publicly_accessible' | 'storage_encrypted' | 'tags' | 'tags_all' | 'writer' | 'timeouts';
  aws_rds_cluster_parameter_group: 'arn' | 'description' | 'family' | 'id' | 'name' | 'name_prefix' | 'tags' | 'tags_all' | 'parameter';
  aws_route: 'carrier_gateway_id' | 'core_network_arn' | 'destination_cidr_block' | 'destination_ipv6_cidr_block' | 'destination_prefix_list_id' | 'egress_only_gateway_id' | 'gateway_id' | 'id' | 'instance_id' | 'instance_owner_id' | 'local_gateway_id' | 'nat_gateway_id' | 'network_interface_id' | 'origin' | 'route_table_id' | 'state' | 'transit_gateway_id' | 'vpc_endpoint_id' | 'vpc_peering_connection_id' | 'timeouts';
  aws_route53_record: 'allow_overwrite' | 'fqdn' | 'health_check_id' | 'id' | 'multivalue_answer_routing_policy' | 'name' | 'records' | 'set_identifier' | 'ttl' | 'type' | 'zone_id' | 'alias' | 'cidr_routing_policy' | 'failover_routing_policy' | 'geolocation_routing_policy' | 'geoproximity_routing_policy' | 'latency_routing_policy' | 'timeouts' | 'weighted_routing_policy';
  aws_route53_zone: 'arn' | 'comment' | 'delegation_set_id' | 'force_destroy' | 'id' | 'name' | 'name_servers' | 'primary_name_server' | 'tags' | 'tags_all' | 'zone_id' | 'timeouts' | 'vpc';
  aws_route_table: 'arn' | 'id' | 'owner_id' | 'propagating_vgws' | 'route' | 'tags' | 'tags_all' | 'vpc_id' | 'timeouts';
  aws_route_table_association: 'gateway_id' | 'id' | 'route_table_id' | 'subnet_id' | 'timeouts';
  aws_s3_bucket: 'acceleration_status' | 'acl' | 'arn' | 'bucket' | 'bucket_domain_name' | 'bucket_prefix' | 'bucket_regional_domain_name' | 'force_destroy' | 'hosted_zone_id' | 'id' | 'object_lock_enabled' | 'policy' | 'region' | 'request_payer' | 'tags' | 'tags_all' | 'website_domain' | 'website_endpoint' | 'cors_rule' | 'grant' | 'lifecycle_rule' | 'logging' | 'object_lock_configuration' | 'replication_configuration' | 'server_side_encryption_configuration' | 'timeouts' | 'versioning' | 'website';
  aws_s3_bucket_lifecycle_configuration: 'bucket' | 'expected_bucket_owner' | 'id' | 'transition_default_minimum_object_size' | 'rule' | 'timeouts';
  aws_s3_bucket_logging: 'bucket' | 'expected_bucket_owner' | 'id' | 'target_bucket' | 'target_prefix' | 'target_grant' | 'target_object_key_format';
  aws_s3_bucket_ownership_controls: 'bucket' | 'id' | 'rule';
  aws_s3_bucket_policy: 'bucket' | 'id' | 'policy';
  aws_s3_bucket_public_access_block: 'block_public_acls' | 'block_public_policy' | 'bucket' | 'id' | 'ignore_public_acls' | 'restrict_public_buckets';
  aws_s3_bucket_server_side_encryption_configuration: 'bucket' | 'expected_bucket_owner' | 'id' | 'rule';
  aws_s3_bucket_versioning: 'bucket' | 'expected_bucket_owner' | 'id' | 'mfa' | 'versioning_configuration';
  aws_scheduler_schedule: 'arn' | 'description' | 'end_date' | 'group_name' | 'id' | 'kms_key_arn' | 'name' | 'name_prefix' | 'schedule_expression' | 'schedule_expression_timezone' | 'start_date' | 'state' | 'flexible_time_window' | 'target';
  aws_secretsmanager_secret: 'arn' | 'description' | 'force_overwrite_replica_secret' | 'id' | 'kms_key_id' | 'name' | 'name_prefix' | 'policy' | 'recovery_window_in_days' | 'tags' | 'tags_all' | 'replica';
  aws_secretsmanager_secret_rotation: 'id' | 'rotate_immediately' | 'rotation_enabled' | 'rotation_lambda_arn' | 'secret_id' | 'rotation_rules';
  aws_secretsmanager_secret_version: 'arn' | 'has_secret_string_wo' | 'id' | 'secret_binary' | 'secret_id' | 'secret_string' | 'secret_string_wo' | 'secret_string_wo_version' | 'version_id' | 'version_stages';
  aws_security_group: 'arn' | 'description' | 'egress' | 'id' | 'ingress' | 'name' | 'name_prefix' | 'owner_id' | 'revoke_rules_on_delete' | 'tags' | 'tags_all' | 'vpc_id' | 'timeouts';
  aws_service_discovery_private_dns_namespace: 'arn' | 'description' | 'hosted_zone' | 'id' | 'name' | 'tags' | 'tags_all' | 'vpc';
  aws_service_discovery_service: 'arn' | 'description' | 'force_destroy' | 'id' | 'name' | 'namespace_id' | 'tags' | 'tags_all' | 'type' | 'dns_config' | 'health_check_config' | 'health_check_custom_config';
  aws_ses_domain_dkim: 'dkim_tokens' | 'domain' | 'id';
  aws_ses_domain_identity: 'arn' | 'domain' | 'id' | 'verification_token';
  aws_ses_email_identity: 'arn' | 'email' | 'id';
  aws_sesv2_configuration_set: 'arn' | 'configuration_set_name' | 'id' | 'tags' | 'tags_all' | 'delivery_options' | 'reputation_options' | 'sending_options' | 'suppression_options' | 'tracking_options' | 'vdm_options';
  aws_sesv2_configuration_set_event_destination: 'configuration_set_name' | 'event_destination_name' | 'id' | 'event_destination';
  aws_sesv2_email_identity: 'arn' | 'configuration_set_name' | 'email_identity' | 'id' | 'identity_type' | 'tags' | 'tags_all' | 'verified_for_sending_status' | 'dkim_signing_attributes';
  aws_sesv2_email_identity_mail_from_attributes: 'behavior_on_mx_failure' | 'email_identity' | 'id' | 'mail_from_domain';
  aws_sns_topic: 'application_failure_feedback_role_arn' | 'application_success_feedback_role_arn' | 'application_success_feedback_sample_rate' | 'archive_policy' | 'arn' | 'beginning_archive_time' | 'content_based_deduplication' | 'delivery_policy' | 'display_name' | 'fifo_throughput_scope' | 'fifo_topic' | 'firehose_failure_feedback_role_arn' | 'firehose_success_feedback_role_arn' | 'firehose_success_feedback_sample_rate' | 'http_failure_feedback_role_arn' | 'http_success_feedback_role_arn' | 'http_success_feedback_sample_rate' | 'id' | 'kms_master_key_id' | 'lambda_failure_feedback_role_arn' | 'lambda_success_feedback_role_arn' | 'lambda_success_feedback_sample_rate' | 'name' | 'name_prefix' | 'owner' | 'policy' | 'signature_version' | 'sqs_failure_feedback_role_arn' | 'sqs_success_feedback_role_arn' | 'sqs_success_feedback_sample_rate' | 'tags' | 'tags_all' | 'tracing_config';
  aws_sns_topic_subscription: 'arn' | 'confirmation_timeout_in_minutes' | 'confirmation_was_authenticated' | 'delivery_policy' | 'endpoint' | 'endpoint_auto_confirms' | 'filter_policy' | 'filter_policy_scope' | 'id' | 'owner_id' | 'pending_confirmation' | 'protocol' | 'raw_message_delivery' | 'redrive_policy' | 'replay_policy' | 'subscription_role_arn' | 'topic_arn';
  aws_sqs_queue: 'arn' | 'content_based_deduplication' | 'deduplication_scope' | 'delay_seconds' | 'fifo_queue' | 'fifo_throughput_limit' | 'id' | 'kms_data_key_reuse_period_seconds' | 'kms_master_key_id' | 'max_message_size' | 'message_retention_seconds' | 'name' | 'name_prefix' | 'policy' | 'receive_wait_time_seconds' | 'redrive_allow_policy' | 'redrive_policy' | 'sqs_managed_sse_enabled' | 'tags' | 'tags_all' | 'url' | 'visibility_timeout_seconds' | 'timeouts';
  aws_ssm_parameter: 'allowed_pattern' | 'arn' | 'data_type' | 'description' | 'has_value_wo' | 'id' | 'insecure_value' | 'key_id' | 'name' | 'overwrite' | 'tags' | 'tags_all' | 'tier' | 'type' | 'value' | 'value_wo' | 'value_wo_version' | 'version';
  aws_subnet: 'arn' | 'assign_ipv6_address_on_creation' | 'availability_zone' | 'availability_zone_id' | 'cidr_block' | 'customer_owned_ipv4_pool' | 'enable_dns64' | 'enable_lni_at_device_index' | 'enable_resource_name_dns_a_record_on_launch' | 'enable_resource_name_dns_aaaa_record_on_launch' | 'id' | 'ipv6_cidr_block' | 'ipv6_cidr_block_association_id' | 'ipv6_native' | 'map_customer_owned_ip_on_launch' | 'map_public_ip_on_launch' | 'outpost_arn' | 'owner_id' | 'private_dns_hostname_type_on_launch' | 'tags' | 'tags_all' | 'vpc_id' | 'timeouts';
  aws_vpc: 'arn' | 'assign_generated_ipv6_cidr_block' | 'cidr_block' | 'default_network_acl_id' | 'default_route_table_id' | 'default_security_group_id' | 'dhcp_options_id' | 'enable_dns_hostnames' | 'enable_dns_support' | 'enable_network_address_usage_metrics' | 'id' | 'instance_tenancy' | 'ipv4_ipam_pool_id' | 'ipv4_netmask_length' | 'ipv6_association_id' | 'ipv6_cidr_block' | 'ipv6_cidr_block_network_border_group' | 'ipv6_ipam_pool_id' | 'ipv6_netmask_length' | 'main_route_table_id' | 'owner_id' | 'tags' | 'tags_all';
  aws_vpc_endpoint: 'arn' | 'auto_accept' | 'cidr_blocks' | 'dns_entry' | 'id' | 'ip_address_type' | 'network_interface_ids' | 'owner_id' | 'policy' | 'prefix_list_id' | 'private_dns_enabled' | 'requester_managed' | 'resource_configuration_arn' | 'route_table_ids' | 'security_group_ids' | 'service_name' | 'service_network_arn' | 'service_region' | 'state' | 'subnet_ids' | 'tags' | 'tags_all' | 'vpc_endpoint_type' | 'vpc_id' | 'dns_options' | 'subnet_configuration' | 'timeouts';
  aws_vpc_security_group_egress_rule: 'arn' | 'cidr_ipv4' | 'cidr_ipv6' | 'description' | 'from_port' | 'id' | 'ip_protocol' | 'prefix_list_id' | 'referenced_security_group_id' | 'security_group_id' | 'security_group_rule_id' | 'tags' | 'tags_all' | 'to_port';
  aws_vpc_security_group_ingress_rule: 'arn' | 'cidr_ipv4' | 'cidr_ipv6' | 'description' | 'from_port' | 'id' | 'ip_protocol' | 'prefix_list_id' | 'referenced_security_group_id' | 'security_group_id' | 'security_group_rule_id' | 'tags' | 'tags_all' | 'to_port';
  terraform_data: 'id' | 'input' | 'output' | 'triggers_replace';
}

export interface DataArguments {
  aws_acm_certificate: {
    domain?: Text | undefined;
    id?: Text | undefined;
    key_types?: List<Text> | undefined;
    most_recent?: Bool | undefined;
    statuses?: List<Text> | undefined;
    tags?: MapOf<Text> | undefined;
    types?: List<Text> | undefined;
  };
  aws_availability_zones: {
    all_availability_zones?: Bool | undefined;
    exclude_names?: List<Text> | undefined;
    exclude_zone_ids?: List<Text> | undefined;
    id?: Text | undefined;
    state?: Text | undefined;
    filter?: OneOrMore<{
      name: Text;
      values: List<Text>;
    }> | undefined;
    timeouts?: {
      read?: Text | undefined;
    } | undefined;
  };
  aws_caller_identity: {
    id?: Text | undefined;
  };
  aws_ec2_managed_prefix_list: {
    id?: Text | undefined;
    name?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    filter?: OneOrMore<{
      name: Text;
      values: List<Text>;
    }> | undefined;
    timeouts?: {
      read?: Text | undefined;
    } | undefined;
  };
  aws_ecr_image: {
    id?: Text | undefined;
    image_digest?: Text | undefined;
    image_tag?: Text | undefined;
    most_recent?: Bool | undefined;
    registry_id?: Text | undefined;
    repository_name: Text;
  };
  aws_ecr_repository: {
    id?: Text | undefined;
    name: Text;
    registry_id?: Text | undefined;
    tags?: MapOf<Text> | undefined;
  };
  aws_ecs_cluster: {
    cluster_name: Text;
    id?: Text | undefined;
    tags?: MapOf<Text> | undefined;
  };
  aws_elb_service_account: {
    id?: Text | undefined;
    region?: Text | undefined;
  };
  aws_iam_policy_document: {
    id?: Text | undefined;
    override_json?: Text | undefined;
    override_policy_documents?: List<Text> | undefined;
    policy_id?: Text | undefined;
    source_json?: Text | undefined;
    source_policy_documents?: List<Text> | undefined;
    version?: Text | undefined;
    statement?: OneOrMore<{
      actions?: List<Text> | undefined;
      effect?: Text | undefined;
      not_actions?: List<Text> | undefined;
      not_resources?: List<Text> | undefined;
      resources?: List<Text> | undefined;
      sid?: Text | undefined;
      condition?: OneOrMore<{
        test: Text;
        values: List<Text>;
        variable: Text;
      }> | undefined;
      not_principals?: OneOrMore<{
        identifiers: List<Text>;
        type: Text;
      }> | undefined;
      principals?: OneOrMore<{
        identifiers: List<Text>;
        type: Text;
      }> | undefined;
    }> | undefined;
  };
  aws_kms_key: {
    grant_tokens?: List<Text> | undefined;
    id?: Text | undefined;
    key_id: Text;
  };
  aws_partition: {
    id?: Text | undefined;
  };
  aws_region: {
    endpoint?: Text | undefined;
    id?: Text | undefined;
    name?: Text | undefined;
  };
  aws_route53_zone: {
    id?: Text | undefined;
    name?: Text | undefined;
    private_zone?: Bool | undefined;
    tags?: MapOf<Text> | undefined;
    vpc_id?: Text | undefined;
    zone_id?: Text | undefined;
  };
  aws_secretsmanager_secret: {
    arn?: Text | undefined;
    id?: Text | undefined;
    name?: Text | undefined;
    tags?: MapOf<Text> | undefined;
  };
  aws_secretsmanager_secret_version: {
    id?: Text | undefined;
    secret_id: Text;
    version_id?: Text | undefined;
    version_stage?: Text | undefined;
  };
  aws_ssm_parameter: {
    id?: Text | undefined;
    name: Text;
    with_decryption?: Bool | undefined;
  };
  aws_subnets: {
    id?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    filter?: OneOrMore<{
      name: Text;
      values: List<Text>;
    }> | undefined;
    timeouts?: {
      read?: Text | undefined;
    } | undefined;
  };
  aws_vpc: {
    cidr_block?: Text | undefined;
    default?: Bool | undefined;
    dhcp_options_id?: Text | undefined;
    id?: Text | undefined;
    state?: Text | undefined;
    tags?: MapOf<Text> | undefined;
    filter?: OneOrMore<{
      name: Text;
      values: List<Text>;
    }> | undefined;
    timeouts?: {
      read?: Text | undefined;
    } | undefined;
  };
}

export interface DataAttributes {
  aws_acm_certificate: 'arn' | 'certificate' | 'certificate_chain' | 'domain' | 'id' | 'key_types' | 'most_recent' | 'status' | 'statuses' | 'tags' | 'types';
  aws_availability_zones: 'all_availability_zones' | 'exclude_names' | 'exclude_zone_ids' | 'group_names' | 'id' | 'names' | 'state' | 'zone_ids' | 'filter' | 'timeouts';
  aws_caller_identity: 'account_id' | 'arn' | 'id' | 'user_id';
  aws_ec2_managed_prefix_list: 'address_family' | 'arn' | 'entries' | 'id' | 'max_entries' | 'name' | 'owner_id' | 'tags' | 'version' | 'filter' | 'timeouts';
  aws_ecr_image: 'id' | 'image_digest' | 'image_pushed_at' | 'image_size_in_bytes' | 'image_tag' | 'image_tags' | 'image_uri' | 'most_recent' | 'registry_id' | 'repository_name';
  aws_ecr_repository: 'arn' | 'encryption_configuration' | 'id' | 'image_scanning_configuration' | 'image_tag_mutability' | 'most_recent_image_tags' | 'name' | 'registry_id' | 'repository_url' | 'tags';
  aws_ecs_cluster: 'arn' | 'cluster_name' | 'id' | 'pending_tasks_count' | 'registered_container_instances_count' | 'running_tasks_count' | 'service_connect_defaults' | 'setting' | 'status' | 'tags';
  aws_elb_service_account: 'arn' | 'id' | 'region';
  aws_iam_policy_document: 'id' | 'json' | 'minified_json' | 'override_json' | 'override_policy_documents' | 'policy_id' | 'source_json' | 'source_policy_documents' | 'version' | 'statement';
  aws_kms_key: 'arn' | 'aws_account_id' | 'cloud_hsm_cluster_id' | 'creation_date' | 'custom_key_store_id' | 'customer_master_key_spec' | 'deletion_date' | 'description' | 'enabled' | 'expiration_model' | 'grant_tokens' | 'id' | 'key_id' | 'key_manager' | 'key_spec' | 'key_state' | 'key_usage' | 'multi_region' | 'multi_region_configuration' | 'origin' | 'pending_deletion_window_in_days' | 'valid_to' | 'xks_key_configuration';
  aws_partition: 'dns_suffix' | 'id' | 'partition' | 'reverse_dns_prefix';
  aws_region: 'description' | 'endpoint' | 'id' | 'name';
  aws_route53_zone: 'arn' | 'caller_reference' | 'comment' | 'id' | 'linked_service_description' | 'linked_service_principal' | 'name' | 'name_servers' | 'primary_name_server' | 'private_zone' | 'resource_record_set_count' | 'tags' | 'vpc_id' | 'zone_id';
  aws_secretsmanager_secret: 'arn' | 'created_date' | 'description' | 'id' | 'kms_key_id' | 'last_changed_date' | 'name' | 'policy' | 'tags';
  aws_secretsmanager_secret_version: 'arn' | 'created_date' | 'id' | 'secret_binary' | 'secret_id' | 'secret_string' | 'version_id' | 'version_stage' | 'version_stages';
  aws_ssm_parameter: 'arn' | 'id' | 'insecure_value' | 'name' | 'type' | 'value' | 'version' | 'with_decryption';
  aws_subnets: 'id' | 'ids' | 'tags' | 'filter' | 'timeouts';
  aws_vpc: 'arn' | 'cidr_block' | 'cidr_block_associations' | 'default' | 'dhcp_options_id' | 'enable_dns_hostnames' | 'enable_dns_support' | 'enable_network_address_usage_metrics' | 'id' | 'instance_tenancy' | 'ipv6_association_id' | 'ipv6_cidr_block' | 'main_route_table_id' | 'owner_id' | 'state' | 'tags' | 'filter' | 'timeouts';
}

export interface EphemeralArguments {
  aws_secretsmanager_random_password: {
    exclude_characters?: Text | undefined;
    exclude_lowercase?: Bool | undefined;
    exclude_numbers?: Bool | undefined;
    exclude_punctuation?: Bool | undefined;
    exclude_uppercase?: Bool | undefined;
    include_space?: Bool | undefined;
    password_length?: Num | undefined;
    require_each_included_type?: Bool | undefined;
  };
}

export interface EphemeralAttributes {
  aws_secretsmanager_random_password: 'exclude_characters' | 'exclude_lowercase' | 'exclude_numbers' | 'exclude_punctuation' | 'exclude_uppercase' | 'include_space' | 'password_length' | 'random_password' | 'require_each_included_type';
}
