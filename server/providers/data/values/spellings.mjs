/**
 * Values that the second source of descriptions has respelled: it writes every name with underscores in its own way, and
 * takes some values for names. Checked against the providers' own documentation and, for AWS, against the API itself.
 */
const respelled = {
  'hashicorp/aws':
    'lb_cookie app_cookie no_rebalance x86_64 phone_number preferred_username mongodb_cr scram_sha_1 no_encrypt should_encrypt must_encrypt dual_stack orphan_file_deletion varies_by_storage_class source_ip source_ip_dest_ip source_ip_dest_ip_proto round_robin least_outstanding_requests weighted_random use_load_balancer_configuration client_credentials admin_only verified_email verified_phone_number converse_stream chat_completions auto_mv enable_case_sensitive_identifier enable_user_activity_logging query_group search_path require_ssl use_fips_ssl max_query_cpu_time max_query_blocks_read max_scan_row_count max_query_execution_time max_query_queue_time max_query_cpu_usage_percent max_query_temp_blocks_to_disk max_join_row_count max_nested_loop_join_row_count extended_s3 amazon_connect ec2_instance_connect route53_healthchecks workspaces_gateways',
  'hashicorp/azurerm':
    'path_only query_string_only crs_20_protocol_violations crs_21_protocol_anomalies crs_23_request_limits crs_30_http_policy crs_35_bad_robots crs_40_generic_attacks crs_41_sql_injection_attacks crs_41_xss_attacks crs_42_tight_security crs_45_trojans crs_49_inbound_blocking blob_secondary web_secondary chart_push chart_delete microsoft_metrics_include_label storage_optimized_l1 storage_optimized_l2 below_normal above_normal',
  'digitalocean/digitalocean':
    'lets_encrypt allkeys_lru allkeys_random volatile_lru volatile_random volatile_ttl ip_addr compact_delete create_time log_append_time mysql_native_password caching_sha2_password created_at ipv4_address ipv4_address_private ipv6_address ipv6_address_private price_hourly price_monthly private_networking volume_ids vpc_uuid error_message min_disk_size size_gigabytes is_default bucket_domain_name public_key total_resource_count droplets_count images_count volumes_count volume_snapshots_count databases_count',
  'integrations/github': 'single_select multi_select true_false org_actors org_and_repo_actors',
  'pagerduty/pagerduty':
    'user_reference schedule_reference daily_restriction weekly_restriction open_new_incident team_reference service_reference escalation_policies limited_user read_only_user read_only_limited_user restricted_access email_contact_method phone_contact_method sms_contact_method push_notification_contact_method http_delivery_method account_reference',
};

/** Values that are written like this indeed. All values of AWS's API are known besides. */
const asWritten = {
  'hashicorp/aws':
    'activeActive activePassive applicationHealth activatingRegion deactivatingRegion switchoverOnly sampledMaxInLast24Hours autoscalingMaxInLast24Hours containerInsightsMaxInLast24Hours allExcept memberOf distinctInstance userNotification userAuthEvents textORcsv lowestPrice containerInsights generalPurpose maxIO v1Token v2Token renderingFailure messageTag emailHeader linkTag capacityOptimized capacityOptimizedPrioritized priceCapacityOptimized messageGroup perQueue perMessageGroupId darkBlue lightBlue auditLog',
  'hashicorp/azuread':
    'enabledForReportingButNotEnforced authenticationTransfer deviceCodeFlow mobileAppsAndDesktopClients exchangeActiveSync easSupported unknownFutureValue iOS macOS windowsPhone b2bCollaborationGuest b2bCollaborationMember b2bDirectConnectUser internalGuest otherExternalUser serviceProvider approvedApplication compliantApplication compliantDevice domainJoinedDevice passwordChange blockDownloads mcasConfigured monitorOnly primaryAndSecondaryAuthentication secondaryAuthentication timeBased everyTime',
  'hashicorp/azurerm':
    'authorizationHeader authorizationCode clientCredentials systemAssignedIdentity userAssignedIdentity servicePrincipalSecret servicePrincipalCertificate confidentialVM trustedLaunch managedEnvironments keyBased identityBased deviceApi serviceApi cRLSign dataEncipherment decipherOnly encipherOnly keyAgreement keyCertSign keyEncipherment nonRepudiation digitalSignature unwrapKey wrapKey loadBalancer userDefinedRouting managedNATGateway userAssignedNATGateway dateTime redisCache requestContent responseContent servicePrincipal http401WithBearerChallenge blockBlob appendBlob pageBlob hanaData hanaLog hanaShared usrSap',
  'hashicorp/google': 'projectOwners projectReaders projectWriters allAuthenticatedUsers keySigning zoneSigning regionalL4ilb regionalL7ilb globalL7ilb',
};

/** Providers whose descriptions come from the second source, in part or as a whole. */
const second = new Set(
  'hashicorp/aws hashicorp/azurerm hashicorp/azuread hashicorp/google hashicorp/google-beta cloudflare/cloudflare databricks/databricks digitalocean/digitalocean integrations/github mongodb/mongodbatlas newrelic/newrelic okta/okta pagerduty/pagerduty snowflakedb/snowflake hashicorp/vault'.split(' '),
);

/**
 * How a value is really spelled.
 *
 * @param {string} provider `hashicorp/aws`
 * @param {string} value as found in a description
 * @param {ReadonlySet<string>} [known] values of the provider's API
 * @returns {string | undefined} `undefined` when the description may have changed it and nothing tells how it was
 */
export function spellingOf(provider, value, known = new Set()) {
  if (!second.has(provider)) return value;
  const table = tableOf(provider.replace('google-beta', 'google'));
  const other = table.respelled.get(value);
  if (other !== undefined) return other;
  if (!/^[a-z][a-z0-9]*(?:[A-Z][a-zA-Z0-9]*)+$/.test(value) || known.has(value) || table.asWritten.has(value)) return value;
  const underscores = value.replaceAll(/([A-Z])/g, '_$1').toLowerCase();
  const numbers = underscores.replaceAll(/([a-z])(\d)/g, '$1_$2');
  return [underscores, numbers].find((each) => known.has(each));
}

/** A description in which the values that are known to be respelled are put right where they stand as code. */
export function respell(provider, text) {
  const { respelled: words } = tableOf(provider.replace('google-beta', 'google'));
  return text.replaceAll(/`(\W{0,2})([a-z]\w*)(\W{0,2})`/g, (whole, before, word, after) => (words.has(word) ? `\`${before}${words.get(word)}${after}\`` : whole));
}

const tables = new Map();

function tableOf(provider) {
  let table = tables.get(provider);
  if (table === undefined) {
    const words = (respelled[provider] ?? '').split(' ').filter((each) => each !== '');
    table = { respelled: new Map(words.map((each) => [theirs(each), each])), asWritten: new Set((asWritten[provider] ?? '').split(' ')) };
    tables.set(provider, table);
  }
  return table;
}

/** `caching_sha2_password` as they write it: `cachingSha2Password`. */
function theirs(name) {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}
