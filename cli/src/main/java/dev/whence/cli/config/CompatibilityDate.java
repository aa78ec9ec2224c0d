package dev.whence.cli.config;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** Checks compatibility dates. Thread: any (stateless). */
public final class CompatibilityDate {
  private static final Pattern FORM = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private CompatibilityDate() {}

  /**
   * Checks that a text is a real day.
   *
   * @param source where it was given, for the message: an option, or a file and its key
   */
  public static LocalDate parse(String text, String source) throws ConfigException {
    if (FORM.matcher(text).matches()) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeException e) {
        throw new ConfigException(
            source + ": there is no day " + text + "; write the date as YYYY-MM-DD", e);
      }
    }
    throw new ConfigException(
        source + ": '" + text + "' is not a date; write it as YYYY-MM-DD, for example 2026-11-24");
  }
}
