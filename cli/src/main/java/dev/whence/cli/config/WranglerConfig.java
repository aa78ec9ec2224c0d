package dev.whence.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.runtime.WorkerOptions.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code wrangler.toml}, {@code wrangler.json} or {@code wrangler.jsonc} says about a
 * worker, an environment's overrides applied.
 *
 * <p>As in wrangler, an environment inherits everything but {@code vars}, and its worker is named
 * {@code NAME-ENV} unless it has a name of its own.
 *
 * @param name null when the file gives none
 * @param main the script, relative to the file's folder; null when the file names none
 * @param compatibilityDate a real day, {@code YYYY-MM-DD}
 * @param vars each value a {@link String} or {@link Json}
 * @param limits those given
 * @param warnings about keys without effect, a line each
 */
public record WranglerConfig(
    @Nullable String name,
    @Nullable String main,
    @Nullable String compatibilityDate,
    List<String> compatibilityFlags,
    Map<String, Object> vars,
    Map<LimitName, Integer> limits,
    List<String> warnings) {

  /**
   * Reads a configuration.
   *
   * @param environment the environment to apply, null for none
   */
  public static WranglerConfig read(Path file, @Nullable String environment)
      throws ConfigException {
    return parse(file.toString(), TextFile.read(file), environment);
  }

  /**
   * Reads the text of a configuration.
   *
   * @param file its name: for messages, and its ending tells the format
   */
  public static WranglerConfig parse(String file, String text, @Nullable String environment)
      throws ConfigException {
    ConfigTable top = ConfigParser.parse(file, text);
    List<String> warnings = new ArrayList<>(ConfigKeys.warnings(top));
    ConfigTable chosen = top;
    if (environment != null) {
      chosen = environment(top, environment);
      warnings.addAll(ConfigKeys.warnings(chosen));
    }
    List<String> flags =
        inherited(chosen, top, "compatibility_flags").strings("compatibility_flags");
    return new WranglerConfig(
        name(top, chosen, environment),
        inherited(chosen, top, "main").string("main"),
        compatibilityDate(inherited(chosen, top, "compatibility_date")),
        flags == null ? List.of() : flags,
        vars(chosen.table("vars")),
        limits(inherited(chosen, top, "limits").table("limits")),
        warnings);
  }

  private static ConfigTable environment(ConfigTable top, String name) throws ConfigException {
    ConfigTable environments = top.table("env");
    ConfigTable environment = environments == null ? null : environments.table(name);
    if (environments == null) {
      throw new ConfigException(
          "--env " + name + ": " + top.file() + " has no environments; add [env." + name + "]");
    }
    if (environment == null) {
      throw new ConfigException(
          "--env %s: %s has no such environment%s"
              .formatted(name, top.file(), otherEnvironments(name, environments)));
    }
    return environment;
  }

  private static String otherEnvironments(String name, ConfigTable environments) {
    String hint = DidYouMean.hint(name, environments.keys());
    return hint.isEmpty() ? "; it has " + String.join(", ", environments.keys()) : hint;
  }

  private static ConfigTable inherited(ConfigTable chosen, ConfigTable top, String key) {
    return chosen.has(key) ? chosen : top;
  }

  private static @Nullable String name(
      ConfigTable top, ConfigTable chosen, @Nullable String environment) throws ConfigException {
    String common = top.string("name");
    if (environment == null) {
      return common;
    }
    String own = chosen.string("name");
    if (own != null) {
      return own;
    }
    return common == null ? null : common + "-" + environment;
  }

  private static @Nullable String compatibilityDate(ConfigTable table) throws ConfigException {
    String date = table.string("compatibility_date");
    return date == null
        ? null
        : CompatibilityDate.parse(date, table.place("compatibility_date")).toString();
  }

  private static Map<String, Object> vars(@Nullable ConfigTable table) throws ConfigException {
    Map<String, Object> vars = new LinkedHashMap<>();
    if (table == null) {
      return vars;
    }
    for (Map.Entry<String, JsonNode> member : table.node().properties()) {
      JsonNode value = member.getValue();
      if (hasUnwritableNumber(value)) {
        throw table.wrongType(member.getKey(), "a finite number", value);
      }
      vars.put(member.getKey(), value.isTextual() ? value.textValue() : new Json(value.toString()));
    }
    return vars;
  }

  /** TOML knows infinity and not-a-number; JSON does not. */
  private static boolean hasUnwritableNumber(JsonNode value) {
    if (value.isFloatingPointNumber()) {
      return !value.isBigDecimal() && !Double.isFinite(value.doubleValue());
    }
    for (JsonNode member : value) {
      if (hasUnwritableNumber(member)) {
        return true;
      }
    }
    return false;
  }

  private static Map<LimitName, Integer> limits(@Nullable ConfigTable table)
      throws ConfigException {
    Map<LimitName, Integer> limits = new EnumMap<>(LimitName.class);
    if (table == null) {
      return limits;
    }
    for (Map.Entry<String, JsonNode> member : table.node().properties()) {
      LimitName name = LimitName.named(member.getKey(), table.file());
      limits.put(name, name.parse(member.getValue().asText(), table.file()));
    }
    return limits;
  }
}
