package dev.whence.cli.options;

import org.jspecify.annotations.Nullable;

/**
 * An option that a command knows.
 *
 * @param name with its dashes, for example {@code --port}
 * @param label stands for the value in help texts; null for an option without one
 * @param repeats true when it may be given more than once
 * @param description a sentence for the help text
 */
public record Option(String name, @Nullable String label, boolean repeats, String description) {

  /** An option with a value, given once at most. */
  public static Option once(String name, String label, String description) {
    return new Option(name, label, false, description);
  }

  /** An option with a value, given any number of times. */
  public static Option repeated(String name, String label, String description) {
    return new Option(name, label, true, description);
  }

  /** An option without a value. */
  public static Option flag(String name, String description) {
    return new Option(name, null, true, description);
  }

  boolean isFlag() {
    return label == null;
  }

  /** As a help text shows it: {@code --port N}. */
  String usage() {
    return label == null ? name : name + " " + label;
  }
}
