package dev.whence.junit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whence.explore.Explorer;
import dev.whence.explore.Finding;
import dev.whence.explore.FindingText;
import dev.whence.explore.HttpFile;
import dev.whence.explore.MissingStubException;
import dev.whence.explore.Plan;
import dev.whence.explore.Report;
import dev.whence.explore.RequestSpec;
import dev.whence.explore.Statistics;
import dev.whence.explore.Stubs;
import dev.whence.explore.Token;
import dev.whence.explore.Upstream;
import dev.whence.explore.Volatile;
import dev.whence.explore.WorkerUpstream;
import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.Limits;
import dev.whence.runtime.Provenance;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * What is to be explored, and the assertions about it. A failure's message holds the schedule as a
 * table, the cause, and the token for {@link #replay}.
 *
 * <p>Thread: one.
 */
public final class Exploration {
  private static final int USUAL_SCHEDULES = 500;

  private final Path worker;
  private final List<RequestSpec> requests = new ArrayList<>();
  private final List<Stubs.Stub> stubs = new ArrayList<>();
  private final Map<String, Object> bindings = new LinkedHashMap<>();
  private final List<String> flags = new ArrayList<>();
  private final List<String> ignoredHeaders = new ArrayList<>(Volatile.usual().headers());
  private @Nullable Path upstream;
  private @Nullable String date;
  private @Nullable CrossRequest mode;
  private @Nullable String token;
  private int schedules = USUAL_SCHEDULES;
  private Duration time = Duration.ofSeconds(30);
  private long seed = 1;

  Exploration(Path worker) {
    this.worker = worker;
  }

  /** Adds requests: {@code GET /a}, or {@code /a} for the same. */
  public Exploration requests(String... lines) {
    for (String line : lines) {
      int space = line.indexOf(' ');
      RequestSpec get = RequestSpec.get(line.substring(space + 1));
      String method = space < 0 ? "GET" : line.substring(0, space);
      requests.add(new RequestSpec(method, get.url(), List.of(), new byte[0]));
    }
    return this;
  }

  /** Adds the requests of an .http file. */
  public Exploration requestsFrom(String httpFile) {
    Path file = WorkerFiles.find(httpFile);
    try {
      requests.addAll(
          HttpFile.parse(Files.readString(file), name -> read(file.resolveSibling(name))));
    } catch (IOException | HttpFile.HttpFileException e) {
      throw new IllegalArgumentException(httpFile + ": " + e.getMessage(), e);
    }
    return this;
  }

  private static byte @Nullable [] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      return null;
    }
  }

  /** Answers subrequests to a URL, in which {@code *} matches anything, with a status alone. */
  public Exploration stub(String url, int status) {
    return stub(url, status, "text/plain", "");
  }

  /** Answers subrequests to a URL, in which {@code *} matches anything. */
  public Exploration stub(String url, int status, String contentType, String body) {
    stubs.add(
        new Stubs.Stub(
            url,
            new Upstream.Reply(
                status, List.of("content-type", contentType), body.getBytes(UTF_8))));
    return this;
  }

  /** Has a worker script answer all subrequests, in virtual time. */
  public Exploration upstream(String script) {
    upstream = WorkerFiles.find(script);
    return this;
  }

  /** A text in the worker's {@code env}. */
  public Exploration binding(String name, String value) {
    bindings.put(name, value);
    return this;
  }

  public Exploration compatibilityDate(String compatibilityDate) {
    date = compatibilityDate;
    return this;
  }

  public Exploration compatibilityFlag(String flag) {
    flags.add(flag);
    return this;
  }

  /** What waiting for another request's pending promise means. */
  public Exploration crossRequest(CrossRequest crossRequest) {
    mode = crossRequest;
    return this;
  }

  /** A header of answers that may differ. */
  public Exploration ignoringHeader(String name) {
    ignoredHeaders.add(name);
    return this;
  }

  /** At most so many schedules; 500 when nothing else is said. */
  public Exploration schedules(int most) {
    schedules = most;
    return this;
  }

  /** At most so long; 30 seconds when nothing else is said. */
  public Exploration time(Duration most) {
    time = most;
    return this;
  }

  /** Of all chance; 1 when nothing else is said. */
  public Exploration seed(long chosen) {
    seed = chosen;
    return this;
  }

  /** Runs only the schedule that a failure has named. */
  public Exploration replay(String failuresToken) {
    token = failuresToken;
    return this;
  }

  /** Fails when a request hangs. */
  public void assertNoHang() {
    assertNone(finding -> finding.kind().equals("hang"));
  }

  /**
   * Fails when a request hangs, uses an object of another, throws what it never throws alone, or
   * answers what it never answers alone.
   */
  public void assertNothingFound() {
    assertNone(finding -> true);
  }

  private void assertNone(Predicate<Finding> isWanted) {
    Report report = run();
    StringBuilder text = new StringBuilder();
    int number = 0;
    for (Finding finding : report.findings()) {
      if (isWanted.test(finding)) {
        String replay = ".replay(\"" + finding.token().text() + "\")";
        text.append('\n').append(FindingText.render(++number, finding, requests, replay, false));
      }
    }
    if (number > 0) {
      throw new AssertionFailedError(worker.getFileName() + ":\n" + text);
    }
  }

  /** Explores, and tells what was found. */
  public Report run() {
    String given = token;
    try {
      return given == null
          ? Explorer.explore(plan(), budget())
          : Explorer.replay(plan(), Token.parse(given));
    } catch (MissingStubException e) {
      throw new IllegalStateException(e.getMessage() + " (here: .stub(URL, …) or .upstream(…))", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(worker + ": " + e.getMessage(), e);
    }
  }

  private Explorer.Budget budget() {
    long end = System.nanoTime() + time.toNanos();
    return (Statistics soFar) -> soFar.schedules() < schedules && System.nanoTime() < end;
  }

  private Plan plan() throws IOException {
    WorkerOptions options =
        new WorkerOptions(
            String.valueOf(worker.getFileName()),
            bindings,
            date,
            flags,
            mode,
            false,
            false,
            false,
            Provenance.SITES,
            true,
            Limits.defaults());
    Path script = upstream;
    Upstream answering =
        script == null
            ? new Stubs(stubs)
            : new WorkerUpstream(WorkerSource.file(script), WorkerOptions.named("upstream"));
    return new Plan(
        WorkerSource.file(worker),
        options,
        requests,
        List.of(),
        answering,
        new Volatile(ignoredHeaders, List.of()),
        "0",
        seed);
  }
}
