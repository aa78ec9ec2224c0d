package dev.whence.cli;

import dev.whence.cli.config.ConfigException;
import dev.whence.cli.options.Arguments;
import dev.whence.cli.options.Option;
import dev.whence.explore.HttpFile;
import dev.whence.explore.Plan;
import dev.whence.explore.RequestSpec;
import dev.whence.explore.Stubs;
import dev.whence.explore.Token;
import dev.whence.explore.Upstream;
import dev.whence.explore.Volatile;
import dev.whence.explore.WorkerUpstream;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code whence explore} that are its own.
 *
 * <p>Thread: any (immutable).
 */
final class ExploreArguments {
  /** What the result looks like. */
  enum Format {
    PRETTY,
    JSON,
    JUNIT,
    SARIF
  }

  private static final String REQUESTS = "--requests";
  private static final String GET = "--get";
  static final String SCHEDULES = "--schedules";
  static final String TIME = "--time";
  static final String SEED = "--seed";
  static final String REPLAY = "--replay";
  static final String FORMAT = "--format";
  private static final String STUB = "--stub";
  private static final String UPSTREAM = "--upstream";
  private static final String RECORD = "--record";
  private static final String IGNORE = "--ignore";

  static final int USUAL_SCHEDULES = 1_000;
  private static final long USUAL_MILLIS = 30_000;
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

  /** The options, in the order of the help text. */
  static final List<Option> OPTIONS =
      List.of(
          Option.once(REQUESTS, "FILE", "The requests to send: an .http file."),
          Option.repeated(GET, "PATH", "A request to send, instead of a file."),
          Option.repeated(
              STUB, "URL=FILE|STATUS", "Answers subrequests to that URL (* matches anything)."),
          Option.once(UPSTREAM, "STUB.js", "A worker that answers subrequests, in virtual time."),
          Option.once(
              RECORD, "FILE", "Asks the real upstream once, and takes its answers from there on."),
          Option.repeated(
              IGNORE, "HEADER|/REGEX/", "What may differ in answers: a header, or part of bodies."),
          Option.once(SCHEDULES, "N", "At most so many schedules (1000)."),
          Option.once(TIME, "DURATION", "At most so long, for example 30s, 500ms or 2m (30s)."),
          Option.once(SEED, "N", "Of all chance (1)."),
          Option.once(REPLAY, "TOKEN", "Runs the one schedule that a finding has named."),
          Option.once(FORMAT, "pretty|json|junit|sarif", "What standard output gets (pretty)."));

  private final Arguments given;

  ExploreArguments(Arguments given) {
    this.given = given;
  }

  Format format() throws ConfigException {
    String word = given.value(FORMAT);
    return word == null ? Format.PRETTY : Choice.parse(FORMAT, word, Format.values());
  }

  @Nullable Token replay() throws ConfigException {
    String text = given.value(REPLAY);
    if (text == null) {
      return null;
    }
    try {
      return Token.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "--replay takes the word that a finding has printed, not '" + text + "'");
    }
  }

  /** How many; without a limit when only a time is given. */
  int schedules() throws ConfigException {
    String text = given.value(SCHEDULES);
    if (text == null) {
      return given.has(TIME) ? Integer.MAX_VALUE : USUAL_SCHEDULES;
    }
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw new ConfigException("--schedules takes a number from 1 on, not '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  /** How long; null when only a number of schedules is given. */
  @Nullable Long millis() throws ConfigException {
    String text = given.value(TIME);
    if (text == null) {
      return given.has(SCHEDULES) ? null : (Long) USUAL_MILLIS;
    }
    Matcher duration = DURATION.matcher(text);
    if (!duration.matches()) {
      throw new ConfigException(
          "--time takes a duration such as 30s, 500ms or 2m, not '" + text + "'");
    }
    String unit = duration.group(2) == null ? "s" : duration.group(2);
    long factor =
        switch (unit) {
          case "ms" -> 1;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          default -> 1_000;
        };
    return Long.parseLong(duration.group(1)) * factor;
  }

  private long seed() throws ConfigException {
    String text = given.value(SEED);
    if (text == null) {
      return 1;
    }
    if (!text.matches("\\d{1,9}")) {
      throw new ConfigException("--seed takes a number up to 999999999, not '" + text + "'");
    }
    return Long.parseLong(text);
  }

  /** All that is to be explored. */
  Plan plan(WorkerPlan worker, @Nullable Token token) throws ConfigException {
    CRC32 check = new CRC32();
    List<String> paths = given.all(GET);
    if (paths.isEmpty() && !given.has(REQUESTS) && token != null) {
      paths = token.paths();
    }
    List<RequestSpec> requests = requests(paths, check);
    if (token != null && token.highestRequest() > requests.size()) {
      throw new ConfigException(
          "--replay: the token is about request "
              + token.highestRequest()
              + ", and there are only "
              + requests.size()
              + "; give the requests that it was made with");
    }
    Upstream upstream = upstream(worker.options(), check);
    WorkerOptions options = worker.options();
    add(check, worker.source());
    add(
        check,
        options.bindings() + " " + options.compatibilityDate() + options.compatibilityFlags());
    return new Plan(
        worker.source(),
        options,
        requests,
        given.has(REQUESTS) ? List.of() : paths,
        upstream,
        ignored(),
        Long.toString(check.getValue(), 36),
        seed());
  }

  private static void add(CRC32 check, String text) {
    check.update(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void add(CRC32 check, WorkerSource source) {
    try {
      byte[] entry = source.modules().read(source.entry());
      check.update(entry == null ? new byte[0] : entry);
    } catch (IOException e) {
      // The worker will not start either, and that is told.
      add(check, source.entry());
    }
  }

  private List<RequestSpec> requests(List<String> paths, CRC32 check) throws ConfigException {
    String file = given.value(REQUESTS);
    List<RequestSpec> requests = new ArrayList<>();
    for (String path : paths) {
      if (!path.startsWith("/") && !path.matches("https?://[^/]+/.*")) {
        throw new ConfigException("--get takes a path such as /a, not '" + path + "'");
      }
      requests.add(RequestSpec.get(path));
      add(check, path);
    }
    if (file != null) {
      byte[] bytes = read(Path.of(file), REQUESTS);
      check.update(bytes);
      Path folder = Path.of(file).toAbsolutePath().getParent();
      try {
        String text = new String(bytes, StandardCharsets.UTF_8);
        requests.addAll(HttpFile.parse(text, name -> readBeside(folder, name)));
      } catch (HttpFile.HttpFileException e) {
        throw new ConfigException(file + ", " + e.getMessage());
      }
    }
    if (requests.isEmpty()) {
      throw new ConfigException(
          file == null
              ? "name the requests: --requests FILE.http, or --get /path once for each"
              : file + " holds no request");
    }
    return requests;
  }

  private static byte @Nullable [] readBeside(@Nullable Path folder, String name) {
    try {
      return folder == null ? null : Files.readAllBytes(folder.resolve(name));
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }

  private static byte[] read(Path file, String option) throws ConfigException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ConfigException(option + ": cannot read " + file, e);
    }
  }

  private Upstream upstream(WorkerOptions options, CRC32 check) throws ConfigException {
    String script = given.value(UPSTREAM);
    List<Stubs.Stub> stubs = new ArrayList<>();
    for (String stub : given.all(STUB)) {
      stubs.add(stub(stub, check));
    }
    String record = given.value(RECORD);
    if (record != null) {
      if (script != null) {
        throw new ConfigException("--upstream and --record exclude each other");
      }
      return RecordedUpstream.open(Path.of(record), new Stubs(stubs));
    }
    if (script == null) {
      return new Stubs(stubs);
    }
    if (!stubs.isEmpty()) {
      throw new ConfigException("--upstream and --stub exclude each other");
    }
    Path file = Path.of(script);
    check.update(read(file, UPSTREAM));
    try {
      return new WorkerUpstream(
          WorkerSource.file(file), WorkerOptions.named("upstream").with(options.provenance()));
    } catch (IOException e) {
      throw new ConfigException("--upstream: cannot read " + script, e);
    }
  }

  private static Stubs.Stub stub(String text, CRC32 check) throws ConfigException {
    int equals = text.lastIndexOf('=');
    if (equals <= 0 || equals == text.length() - 1) {
      throw new ConfigException("--stub takes URL=FILE or URL=STATUS, not '" + text + "'");
    }
    add(check, text);
    String url = text.substring(0, equals);
    String answer = text.substring(equals + 1);
    if (answer.matches("[2-5]\\d\\d")) {
      return new Stubs.Stub(
          url, new Upstream.Reply(Integer.parseInt(answer), List.of(), new byte[0]));
    }
    byte[] body = read(Path.of(answer), STUB);
    check.update(body);
    List<String> headers = List.of("content-type", contentType(answer));
    return new Stubs.Stub(url, new Upstream.Reply(200, headers, body));
  }

  private static String contentType(String file) {
    String ending = file.substring(file.lastIndexOf('.') + 1);
    return switch (ending) {
      case "json" -> "application/json";
      case "html", "htm" -> "text/html;charset=utf-8";
      case "txt" -> "text/plain;charset=utf-8";
      case "js", "mjs" -> "text/javascript";
      case "xml" -> "application/xml";
      default -> "application/octet-stream";
    };
  }

  private Volatile ignored() throws ConfigException {
    List<String> headers = new ArrayList<>(Volatile.usual().headers());
    List<Pattern> body = new ArrayList<>();
    for (String text : given.all(IGNORE)) {
      if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
        try {
          body.add(Pattern.compile(text.substring(1, text.length() - 1)));
        } catch (PatternSyntaxException e) {
          throw new ConfigException("--ignore: '" + text + "' is no regular expression");
        }
      } else {
        headers.add(text);
      }
    }
    return new Volatile(headers, body);
  }
}
