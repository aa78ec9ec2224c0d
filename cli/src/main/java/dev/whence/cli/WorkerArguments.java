package dev.whence.cli;

import dev.whence.cli.config.CompatibilityDate;
import dev.whence.cli.config.ConfigException;
import dev.whence.cli.config.LimitName;
import dev.whence.cli.options.Arguments;
import dev.whence.cli.options.Option;
import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.Provenance;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of every command that runs a worker. The methods check and convert what was
 * written, so that each mistake is told in our words.
 *
 * <p>Thread: any (immutable).
 */
final class WorkerArguments {
  static final int USUAL_PORT = 8787;
  static final int USUAL_ADMIN_PORT = 8788;

  private static final String PORT = "--port";
  private static final String ADMIN_PORT = "--admin-port";
  private static final String HOST = "--host";
  private static final String CROSS_REQUEST = "--cross-request";
  private static final String LOG_FORMAT = "--log-format";
  private static final String VAR = "--var";
  private static final String ENV = "--env";
  private static final String COMPATIBILITY_DATE = "--compatibility-date";
  private static final String COMPATIBILITY_FLAG = "--compatibility-flag";
  private static final String LIMIT = "--limit";
  private static final String PROVENANCE = "--provenance";
  private static final String PRECISE_CLOCK = "--precise-clock";

  /** The options, in the order of the help text. */
  static final List<Option> OPTIONS =
      List.of(
          Option.once(PORT, "N", "Port to serve on; 0: any free one (8787)."),
          Option.once(HOST, "HOST", "Address to serve on (127.0.0.1)."),
          Option.once(
              ADMIN_PORT,
              "N",
              "Port of the dashboard, on 127.0.0.1 (8788, or any free one if that is taken)."),
          Option.once(
              CROSS_REQUEST,
              "cancel|follow",
              "What waiting for another request's pending promise means (follow with a"
                  + " compatibility date, else cancel)."),
          Option.once(
              LOG_FORMAT,
              "pretty|json|none",
              "What standard output shows of the requests (dev: pretty, serve: none)."),
          Option.repeated(VAR, "K=V", "A text binding, ahead of .dev.vars and configuration."),
          Option.once(ENV, "NAME", "The environment of the configuration to use."),
          Option.once(COMPATIBILITY_DATE, "DATE", "YYYY-MM-DD, ahead of the configuration's."),
          Option.repeated(
              COMPATIBILITY_FLAG,
              "FLAG",
              "For example nodejs_compat; added to the configuration's."),
          Option.repeated(LIMIT, "NAME=N", "One of " + String.join(", ", LimitName.labels()) + "."),
          Option.once(
              PROVENANCE,
              "owners|sites",
              "What to remember of where promises come from (dev: sites, serve: owners)."),
          Option.flag(PRECISE_CLOCK, "Let Date.now() move while JavaScript runs."));

  /** The levels for users; the third is for measuring. */
  private static final Provenance[] LEVELS = {Provenance.OWNERS, Provenance.SITES};

  /** For whom a worker runs. */
  enum Audience {
    /** Its author, who wants to know all about it. */
    AUTHOR,
    /** Its users. */
    USERS
  }

  private final Arguments given;
  private final Audience audience;

  WorkerArguments(Arguments given, Audience audience) {
    this.given = given;
    this.audience = audience;
  }

  /** Whether the worker's author is watching: then risks are told as well. */
  boolean forAuthor() {
    return audience == Audience.AUTHOR;
  }

  String entry() throws ConfigException {
    List<String> operands = given.operands();
    if (operands.isEmpty() || operands.get(0).isEmpty()) {
      throw new ConfigException("name a script or a folder, for example: whence dev worker.js");
    }
    if (operands.size() > 1) {
      throw new ConfigException(
          "one worker at a time: '" + operands.get(1) + "' is one argument too many");
    }
    return operands.get(0);
  }

  int port() throws ConfigException {
    String port = given.value(PORT);
    return port == null ? USUAL_PORT : parsePort(PORT, port);
  }

  /** The port that was asked for, or null: the usual one, or another if that is taken. */
  @Nullable Integer adminPort() throws ConfigException {
    String port = given.value(ADMIN_PORT);
    return port == null ? null : (Integer) parsePort(ADMIN_PORT, port);
  }

  String host() throws ConfigException {
    String host = given.value(HOST);
    if (host == null) {
      return "127.0.0.1";
    }
    if (host.isBlank()) {
      throw new ConfigException("--host needs an address, for example 127.0.0.1 or 0.0.0.0");
    }
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  @Nullable CrossRequest crossRequest() throws ConfigException {
    String word = given.value(CROSS_REQUEST);
    return word == null ? null : Choice.parse(CROSS_REQUEST, word, CrossRequest.values());
  }

  /** How much is recorded to explain hangs with: as given, or what is usual for the command. */
  Provenance provenance() throws ConfigException {
    String word = given.value(PROVENANCE);
    Provenance usual = forAuthor() ? Provenance.SITES : Provenance.OWNERS;
    return word == null ? usual : Choice.parse(PROVENANCE, word, LEVELS);
  }

  LogFormat logFormat(LogFormat usual) throws ConfigException {
    String word = given.value(LOG_FORMAT);
    return word == null ? usual : Choice.parse(LOG_FORMAT, word, LogFormat.values());
  }

  @Nullable String compatibilityDate() throws ConfigException {
    String date = given.value(COMPATIBILITY_DATE);
    return date == null ? null : CompatibilityDate.parse(date, COMPATIBILITY_DATE).toString();
  }

  @Nullable String environment() {
    return given.value(ENV);
  }

  List<String> compatibilityFlags() {
    return given.all(COMPATIBILITY_FLAG);
  }

  boolean preciseClock() {
    return given.has(PRECISE_CLOCK);
  }

  Map<String, String> vars() throws ConfigException {
    Map<String, String> values = new LinkedHashMap<>();
    for (String var : given.all(VAR)) {
      int equals = var.indexOf('=');
      if (equals <= 0) {
        throw new ConfigException("--var takes NAME=VALUE, not '" + var + "'");
      }
      values.put(var.substring(0, equals), var.substring(equals + 1));
    }
    return values;
  }

  Map<LimitName, Integer> limits() throws ConfigException {
    Map<LimitName, Integer> values = new EnumMap<>(LimitName.class);
    for (String limit : given.all(LIMIT)) {
      int equals = limit.indexOf('=');
      if (equals <= 0) {
        throw new ConfigException("--limit takes NAME=NUMBER, not '" + limit + "'");
      }
      LimitName name = LimitName.named(limit.substring(0, equals), LIMIT);
      values.put(name, name.parse(limit.substring(equals + 1), LIMIT));
    }
    return values;
  }

  private static int parsePort(String option, String text) throws ConfigException {
    if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 0xFFFF) {
      return Integer.parseInt(text);
    }
    throw new ConfigException(
        option + " takes a number from 0 to 65535 (0: any free port), not '" + text + "'");
  }
}
