package dev.whence.cli.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys of a wrangler configuration: which are read, which mean nothing here, which are missing.
 */
final class ConfigKeys {
  private static final Set<String> READ =
      Set.of("name", "main", "compatibility_date", "compatibility_flags", "vars", "limits", "env");

  /** About deployment, accounts and tools: without effect on how a worker runs here. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "$schema",
          "account_id",
          "workers_dev",
          "preview_urls",
          "route",
          "routes",
          "zone_id",
          "type",
          "send_metrics",
          "observability",
          "logpush",
          "keep_vars",
          "upload_source_maps",
          "minify",
          "keep_names",
          "first_party_worker",
          "placement",
          "usage_model",
          "version_metadata",
          "dev",
          "no_bundle",
          "find_additional_modules",
          "preserve_file_names",
          "tsconfig",
          "jsx_factory",
          "jsx_fragment",
          "node_compat",
          "compliance_region");

  /** Would change what a worker sees, and are not there yet. */
  private static final Set<String> NOT_YET =
      Set.of(
          "kv_namespaces",
          "durable_objects",
          "migrations",
          "r2_buckets",
          "d1_databases",
          "queues",
          "services",
          "service_bindings",
          "assets",
          "site",
          "ai",
          "ai_search",
          "ai_search_namespaces",
          "agent_memory",
          "browser",
          "images",
          "media",
          "stream",
          "vectorize",
          "hyperdrive",
          "analytics_engine_datasets",
          "workflows",
          "send_email",
          "mtls_certificates",
          "dispatch_namespaces",
          "secrets_store_secrets",
          "secrets",
          "pipelines",
          "ratelimits",
          "unsafe_hello_world",
          "vpc_services",
          "vpc_networks",
          "worker_loaders",
          "containers",
          "cloudchamber",
          "tail_consumers",
          "streaming_tail_consumers",
          "logfwdr",
          "triggers",
          "build",
          "rules",
          "base_dir",
          "define",
          "alias",
          "text_blobs",
          "data_blobs",
          "wasm_modules",
          "cache",
          "python_modules",
          "unsafe");

  private ConfigKeys() {}

  /** One line for each key of a table that is unknown, or known and not supported yet. */
  static List<String> warnings(ConfigTable table) {
    List<String> warnings = new ArrayList<>();
    for (String key : table.keys()) {
      if (NOT_YET.contains(key)) {
        warnings.add(OneLine.of(table.place(key) + " is not supported yet and has no effect"));
      } else if (!READ.contains(key) && !WITHOUT_EFFECT.contains(key)) {
        warnings.add(
            OneLine.of(table.place(key) + " is not a known key" + DidYouMean.hint(key, known())));
      }
    }
    return warnings;
  }

  private static Set<String> known() {
    Set<String> known = new LinkedHashSet<>(READ);
    known.addAll(NOT_YET);
    known.addAll(WITHOUT_EFFECT);
    return known;
  }
}
