package dev.whence.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whence.cli.config.ConfigException;
import dev.whence.cli.options.Arguments;
import dev.whence.cli.options.Option;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Asks the admin port of a whence that runs.
 *
 * <p>Thread: any; blocks.
 */
final class AdminClient {
  private static final String PORT = "--admin-port";
  private static final String HOST = "--host";
  private static final Duration PATIENCE = Duration.ofSeconds(35);

  /** Which whence to ask. */
  static final List<Option> OPTIONS =
      List.of(
          Option.once(PORT, "N", "The admin port of the whence to ask (8788)."),
          Option.once(HOST, "HOST", "The address of its admin port (127.0.0.1)."));

  private final String base;

  /** There is no usable answer; the message is one line. */
  static final class NoAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    NoAnswerException(String message) {
      super(message);
    }
  }

  AdminClient(String command, Arguments given) throws ConfigException {
    if (!given.operands().isEmpty()) {
      throw new ConfigException(
          command + " takes no arguments, only options: '" + given.operands().get(0) + "'");
    }
    String port = given.value(PORT);
    int number = port == null ? WorkerArguments.USUAL_ADMIN_PORT : parsePort(port);
    String host = given.value(HOST);
    if (host != null && !host.matches("[A-Za-z0-9.:\\[\\]_-]+")) {
      throw new ConfigException("--host needs an address, for example 127.0.0.1");
    }
    this.base = "http://" + authority(host == null ? "127.0.0.1" : host) + ":" + number;
  }

  private static int parsePort(String text) throws ConfigException {
    if (text.matches("\\d{1,5}")
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= 0xFFFF) {
      return Integer.parseInt(text);
    }
    throw new ConfigException(PORT + " takes a number from 1 to 65535, not '" + text + "'");
  }

  private static String authority(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  /** The object that it answers with. */
  JsonNode get(String path) throws NoAnswerException {
    try {
      return answer(open(path));
    } catch (JacksonException e) {
      throw new NoAnswerException(base + " answers, but not as whence's admin port does");
    } catch (IOException | IllegalArgumentException e) {
      throw new NoAnswerException(
          "nothing answers on "
              + base
              + "; is whence running, and is that the admin port it has told?");
    }
  }

  private HttpURLConnection open(String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(base + path).toURL().openConnection();
    connection.setConnectTimeout((int) PATIENCE.toMillis());
    connection.setReadTimeout((int) PATIENCE.toMillis());
    connection.setInstanceFollowRedirects(false);
    return connection;
  }

  private JsonNode answer(HttpURLConnection connection) throws IOException, NoAnswerException {
    try {
      int status = connection.getResponseCode();
      try (InputStream in =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        String body =
            in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        if (status == 200) {
          JsonNode json = new ObjectMapper().readTree(body);
          if (json.isObject()) {
            return json;
          }
        }
        throw new NoAnswerException(base + " answers " + status + reason(body));
      }
    } finally {
      connection.disconnect();
    }
  }

  private static String reason(String body) {
    try {
      String error = new ObjectMapper().readTree(body).path("error").asText();
      return error.isEmpty() ? ", not as whence's admin port does" : ": " + error;
    } catch (JacksonException e) {
      return ", not as whence's admin port does";
    }
  }
}
