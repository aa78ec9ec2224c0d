package dev.whence.cli.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code .dev.vars}: a worker's secrets on the developer's machine, one {@code NAME=VALUE} a
 * line, in the format of dotenv.
 *
 * <p>Values may be quoted with {@code '}, {@code "} or {@code `}, and then span lines; within
 * double quotes, {@code \n}, {@code \r} and {@code \"} are escapes. Unquoted values end at a {@code
 * #} or at the end of the line. {@code export} before a name is ignored. Nothing is expanded.
 *
 * <p>Thread: any; an instance serves one text.
 */
public final class DevVars {
  private static final String FILE = ".dev.vars";
  private static final Pattern NAME =
      Pattern.compile("(?:export[ \\t]+)?([\\w.-]+)[ \\t]*(?:=|:[ \\t])[ \\t]*");
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern COMMENT = Pattern.compile("#[^\\r\\n]*");
  private static final Pattern REST_OF_LINE =
      Pattern.compile("[ \\t]*(?:#[^\\r\\n]*)?(?=[\\r\\n]|\\z)");
  private static final Pattern UNQUOTED = Pattern.compile("[^#\\r\\n]*");

  private final String file;
  private final String text;
  private final Map<String, String> values = new LinkedHashMap<>();
  private int at;

  private DevVars(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /**
   * The files that can hold the secrets of a folder's worker, the one that counts first.
   *
   * @param environment the environment chosen, null for none
   */
  public static List<Path> candidates(Path folder, @Nullable String environment) {
    Path common = folder.resolve(FILE);
    return environment == null
        ? List.of(common)
        : List.of(folder.resolve(FILE + "." + environment), common);
  }

  /** Reads the first of the {@link #candidates} that exists; none is an empty answer. */
  public static Map<String, String> read(List<Path> candidates) throws ConfigException {
    for (Path candidate : candidates) {
      if (Files.exists(candidate)) {
        return parse(candidate.toString(), TextFile.read(candidate));
      }
    }
    return Map.of();
  }

  /**
   * Reads a text. A name that is given twice has its last value.
   *
   * @param file its name, for messages
   */
  public static Map<String, String> parse(String file, String text) throws ConfigException {
    DevVars vars = new DevVars(file, text);
    vars.parse();
    return vars.values;
  }

  private void parse() throws ConfigException {
    skipToName();
    while (at < text.length()) {
      int start = at;
      Matcher name = take(NAME);
      if (name == null) {
        throw error(start, "expected NAME=VALUE");
      }
      values.put(name.group(1), value());
      skipToName();
    }
  }

  private void skipToName() {
    while (take(SPACE) != null || take(COMMENT) != null) {}
  }

  private String value() throws ConfigException {
    char quote = at < text.length() ? text.charAt(at) : '\n';
    return quote == '"' || quote == '\'' || quote == '`' ? quoted(quote) : unquoted();
  }

  private String unquoted() throws ConfigException {
    Matcher value = take(UNQUOTED);
    return value == null ? "" : value.group().strip();
  }

  private String quoted(char quote) throws ConfigException {
    int start = at;
    int end = closing(quote);
    if (end < 0) {
      throw error(start, "the quote " + quote + " is never closed");
    }
    String inner = text.substring(start + 1, end);
    at = end + 1;
    if (take(REST_OF_LINE) == null) {
      throw error(start, "text follows the closing quote " + quote + "; only a comment may");
    }
    return quote == '"'
        ? inner.replace("\\n", "\n").replace("\\r", "\r").replace("\\\"", "\"")
        : inner;
  }

  /** Where the quoted value ends: at a quote that no backslash precedes, else at any. */
  private int closing(char quote) {
    int first = text.indexOf(quote, at + 1);
    int end = first;
    while (end > 0 && text.charAt(end - 1) == '\\') {
      end = text.indexOf(quote, end + 1);
    }
    return end < 0 ? first : end;
  }

  /** Moves past what the pattern matches here; null and no move when it does not match. */
  private @Nullable Matcher take(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      return null;
    }
    at = matcher.end();
    return matcher;
  }

  private ConfigException error(int position, String message) {
    long line = 1 + text.substring(0, position).chars().filter(c -> c == '\n').count();
    return new ConfigException(file + ":" + line + ": " + message);
  }
}
