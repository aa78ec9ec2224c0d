package dev.whence.explore;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the editors' {@code .http} files: requests separated by {@code ###}, variables
 * ({@code @host = …}, used as {@code {{host}}}), comments ({@code #}, {@code //}), headers, and
 * bodies in place or from a file ({@code < body.json}). Response handlers ({@code > {% … %}}) are
 * passed over.
 *
 * <p>Thread: any; one value reads one file.
 */
public final class HttpFile {
  private static final Pattern REQUEST_LINE =
      Pattern.compile("(?:([A-Za-z]+)\\s+)?(\\S+)(?:\\s+HTTP/[\\d.]+)?");
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([^}\\s]+)\\s*\\}\\}");
  private static final Pattern DEFINITION = Pattern.compile("@([\\w.-]+)\\s*=\\s*(.*)");

  /** Finds the files that bodies are read from. */
  @FunctionalInterface
  public interface Files {
    /** Its bytes, or null when there is no such file. */
    byte @Nullable [] read(String name);
  }

  /** A file that cannot be understood; the message names the line. */
  public static final class HttpFileException extends Exception {
    private static final long serialVersionUID = 1L;

    HttpFileException(int line, String message) {
      super("line " + line + ": " + message);
    }
  }

  private final Files files;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final List<RequestSpec> requests = new ArrayList<>();

  private HttpFile(Files files) {
    this.files = files;
  }

  /**
   * Reads the text of such a file.
   *
   * @throws HttpFileException if a line cannot be understood
   */
  public static List<RequestSpec> parse(String text, Files files) throws HttpFileException {
    HttpFile file = new HttpFile(files);
    String[] lines = text.replace("\r\n", "\n").split("\n", -1);
    // Variables may be defined below where they are used.
    for (String line : lines) {
      Matcher definition = DEFINITION.matcher(line.strip());
      if (definition.matches()) {
        file.variables.put(definition.group(1), definition.group(2).strip());
      }
    }
    int begin = 0;
    for (int i = 0; i <= lines.length; i++) {
      if (i == lines.length || lines[i].startsWith("###")) {
        file.request(lines, begin, i);
        begin = i + 1;
      }
    }
    return List.copyOf(file.requests);
  }

  private void request(String[] lines, int begin, int end) throws HttpFileException {
    int at = begin;
    while (at < end && isNoise(lines[at])) {
      at++;
    }
    if (at == end) {
      return;
    }
    int first = at;
    StringBuilder requestLine = new StringBuilder(lines[at++].strip());
    while (at < end && lines[at].matches("\\s+[?&].*")) {
      requestLine.append(lines[at++].strip());
    }
    List<String> headers = new ArrayList<>();
    for (; at < end && !lines[at].isBlank(); at++) {
      if (isComment(lines[at])) {
        continue;
      }
      int colon = lines[at].indexOf(':');
      if (colon <= 0) {
        throw new HttpFileException(at + 1, "a header is NAME: VALUE, not '" + lines[at] + "'");
      }
      headers.add(lines[at].substring(0, colon).strip());
      headers.add(substituted(lines[at].substring(colon + 1).strip(), at + 1));
    }
    byte[] body = body(lines, at + 1, end);
    add(substituted(requestLine.toString(), first + 1), first + 1, headers, body);
  }

  private void add(String requestLine, int line, List<String> headers, byte[] body)
      throws HttpFileException {
    Matcher parts = REQUEST_LINE.matcher(requestLine);
    if (!parts.matches()) {
      throw new HttpFileException(
          line, "a request begins with METHOD URL, not '" + requestLine + "'");
    }
    String method = parts.group(1) == null ? "GET" : parts.group(1);
    String url = parts.group(2);
    if (url.startsWith("/")) {
      String host = value(headers, "host");
      url = host == null ? RequestSpec.absolute(url) : "http://" + host + url;
    } else if (!url.contains("://")) {
      url = "http://" + url;
    }
    if (!url.matches("https?://[^/]+.*")) {
      throw new HttpFileException(line, "'" + url + "' is no http or https URL");
    }
    if (url.indexOf('/', url.indexOf("://") + 3) < 0) {
      url += "/";
    }
    requests.add(new RequestSpec(method.toUpperCase(java.util.Locale.ROOT), url, headers, body));
  }

  private static @Nullable String value(List<String> headers, String name) {
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equalsIgnoreCase(name)) {
        return headers.get(i + 1);
      }
    }
    return null;
  }

  private byte[] body(String[] lines, int begin, int end) throws HttpFileException {
    List<String> kept = new ArrayList<>();
    boolean isHandler = false;
    for (int i = begin; i < end; i++) {
      String line = lines[i];
      if (isHandler || line.startsWith("> ") || line.startsWith("<> ")) {
        isHandler = (isHandler || line.contains("{%")) && !line.contains("%}");
        continue;
      }
      if (kept.isEmpty() && line.startsWith("< ")) {
        String name = substituted(line.substring(2).strip(), i + 1);
        byte[] bytes = files.read(name);
        if (bytes == null) {
          throw new HttpFileException(i + 1, "there is no file " + name);
        }
        return bytes;
      }
      kept.add(substituted(line, i + 1));
    }
    while (!kept.isEmpty() && kept.get(kept.size() - 1).isBlank()) {
      kept.remove(kept.size() - 1);
    }
    while (!kept.isEmpty() && kept.get(0).isBlank()) {
      kept.remove(0);
    }
    return String.join("\n", kept).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isNoise(String line) {
    return line.isBlank() || isComment(line) || DEFINITION.matcher(line.strip()).matches();
  }

  private static boolean isComment(String line) {
    return line.startsWith("#") || line.startsWith("//");
  }

  private String substituted(String text, int line) throws HttpFileException {
    String result = text;
    for (int round = 0; round < 5 && result.contains("{{"); round++) {
      Matcher variable = VARIABLE.matcher(result);
      StringBuilder out = new StringBuilder();
      while (variable.find()) {
        String value = variables.get(variable.group(1));
        if (value == null) {
          throw new HttpFileException(
              line,
              "{{" + variable.group(1) + "}} is not defined (@" + variable.group(1) + " = …)");
        }
        variable.appendReplacement(out, Matcher.quoteReplacement(value));
      }
      result = variable.appendTail(out).toString();
    }
    return result;
  }
}
