package dev.whence.cli.options;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command was given.
 *
 * <p>Thread: any (immutable).
 *
 * @param operands what is not an option, in order
 * @param values of each option that was given, by its name; empty texts for flags
 */
public record Arguments(List<String> operands, Map<String, List<String>> values) {

  public Arguments {
    operands = List.copyOf(operands);
    values = Map.copyOf(values);
  }

  /** The value of an option, or null when it was not given. */
  public @Nullable String value(String option) {
    List<String> given = values.get(option);
    return given == null ? null : given.get(0);
  }

  /** All values of an option, in order. */
  public List<String> all(String option) {
    return values.getOrDefault(option, List.of());
  }

  /** Whether an option was given. */
  public boolean has(String option) {
    return values.containsKey(option);
  }
}
