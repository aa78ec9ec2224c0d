package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Good and bad requests in a random mixture, all in flight together: each gets what it deserves.
 */
class MixedLoadTest {
  private static final int REQUESTS = 2000;
  private static final long SEED = 20_261_124;

  /** How a client sees its request end. */
  private enum Seen {
    ANSWERED,
    FAILED,
    CUT,
    NOTHING
  }

  /** What {@code mixed.js} does for a path, and what comes of it. */
  private enum Kind {
    PLAIN(Seen.ANSWERED, Outcome.OK, 0),
    TIMERS(Seen.ANSWERED, Outcome.OK, 0),
    UPSTREAM(Seen.ANSWERED, Outcome.OK, 0),
    STREAMED(Seen.ANSWERED, Outcome.OK, 0),
    CRYPTO(Seen.ANSWERED, Outcome.OK, 0),
    BACKGROUND(Seen.ANSWERED, Outcome.OK, 0),
    ABANDONED(Seen.ANSWERED, Outcome.OK, 0),
    STRAY_REJECTION(Seen.ANSWERED, Outcome.OK, 0),
    TIMER_THROWS(Seen.ANSWERED, Outcome.OK, 1),
    BACKGROUND_REJECTS(Seen.ANSWERED, Outcome.OK, 1),
    BACKGROUND_HANGS(Seen.ANSWERED, Outcome.OK, 1),
    THROWS(Seen.FAILED, Outcome.EXCEPTION, 1),
    REJECTS_LATER(Seen.FAILED, Outcome.EXCEPTION, 1),
    NO_RESPONSE(Seen.FAILED, Outcome.EXCEPTION, 1),
    HANGS(Seen.FAILED, Outcome.EXCEPTION, 1),
    HANGS_LATER(Seen.FAILED, Outcome.EXCEPTION, 1),
    HANGS_ON_CATCH(Seen.FAILED, Outcome.EXCEPTION, 1),
    BODY_FAILS(Seen.CUT, Outcome.EXCEPTION, 1),
    BODY_HANGS(Seen.CUT, Outcome.EXCEPTION, 1),
    /** All of a group follow the first's promise, which settles. */
    SHARED(Seen.ANSWERED, Outcome.OK, 0),
    /** All of a group follow the first's promise, which never settles. */
    SHARED_HANG(Seen.FAILED, Outcome.EXCEPTION, 1),
    /** All of a group settle one another's promises, in a ring. */
    RING(Seen.ANSWERED, Outcome.OK, 0),
    LEAVES(Seen.NOTHING, Outcome.CANCELED, 0),
    LEAVES_BACKGROUND(Seen.NOTHING, Outcome.CANCELED, 0);

    final Seen seen;
    final Outcome outcome;
    final int exceptions;

    Kind(Seen seen, Outcome outcome, int exceptions) {
      this.seen = seen;
      this.outcome = outcome;
      this.exceptions = exceptions;
    }

    boolean leaves() {
      return seen == Seen.NOTHING;
    }

    int groupSize() {
      return this == SHARED || this == SHARED_HANG || this == RING ? 4 : 1;
    }
  }

  private record Sent(Kind kind, String path, TestClient client) {}

  private static TestWorker worker;
  private static final List<Sent> ALL = new ArrayList<>();
  private static List<TraceItem> items;
  private static Map<String, List<TraceItem>> itemsByPath;

  @BeforeAll
  static void sendEverything() {
    worker =
        TestWorker.of(ScriptFile.read("mixed.js")).date("2025-01-01").flag("nodejs_compat").start();
    Random random = new Random(SEED);
    List<TestClient> leaving = new ArrayList<>();
    for (String path : shuffledPaths(random)) {
      Kind kind = Kind.valueOf(path.split("/")[1]);
      TestClient client = kind == Kind.UPSTREAM ? worker.post(path, "body") : worker.get(path);
      ALL.add(new Sent(kind, path, client));
      if (kind.leaves()) {
        leaving.add(client);
      }
      if (!leaving.isEmpty() && random.nextInt(20) == 0) {
        leaving.remove(random.nextInt(leaving.size())).disconnect();
      }
    }
    leaving.forEach(TestClient::disconnect);
    items = worker.traces(REQUESTS);
    itemsByPath = items.stream().collect(Collectors.groupingBy(MixedLoadTest::path));
  }

  private static List<String> shuffledPaths(Random random) {
    List<String> paths = new ArrayList<>();
    while (paths.size() < REQUESTS) {
      int group = paths.size();
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      if (group + kind.groupSize() <= REQUESTS) {
        IntStream.range(0, kind.groupSize())
            .forEach(member -> paths.add("/%s/%d/%d".formatted(kind, group, member)));
      }
    }
    Collections.shuffle(paths, random);
    return paths;
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @Test
  void givesEachRequestTheTraceItemThatItsWorkImplies() {
    assertThat(ALL)
        .allSatisfy(
            sent -> {
              TraceItem item = itemsByPath.get(sent.path()).get(0);
              assertThat(item.exceptions()).as(sent.path()).hasSize(sent.kind().exceptions);
              assertThat(item.outcome()).as(sent.path()).isEqualTo(sent.kind().outcome);
            });
  }

  @Test
  void givesEachRequestExactlyOneTraceItem() {
    assertThat(items).hasSize(REQUESTS);
    assertThat(itemsByPath).hasSize(REQUESTS);
  }

  @Test
  void givesEachClientThatStayedTheAnswerThatItsWorkImplies() {
    List<Sent> stayed = ALL.stream().filter(sent -> !sent.kind().leaves()).toList();
    assertThat(stayed)
        .allSatisfy(
            sent -> {
              TestClient.Answer answer = sent.client().answer();
              switch (sent.kind().seen) {
                case ANSWERED -> {
                  assertThat(answer.text()).isEqualTo("answer to " + sent.path());
                  assertThat(answer.status()).isEqualTo(200);
                  assertThat(answer.cut()).isFalse();
                }
                case FAILED -> assertThat(answer.status()).as(sent.path()).isEqualTo(500);
                case CUT -> {
                  assertThat(answer.text()).isEqualTo("begin");
                  assertThat(answer.status()).isEqualTo(200);
                  assertThat(answer.cut()).as(sent.path()).isTrue();
                }
                case NOTHING -> throw new IllegalStateException(sent.path());
              }
            });
  }

  @Test
  void answersNoClientThatLeft() {
    assertThat(ALL.stream().filter(sent -> sent.kind().leaves()))
        .isNotEmpty()
        .noneMatch(sent -> sent.client().isOver());
  }

  @Test
  void logsForEachRequestOnlyItsOwnLines() {
    assertThat(items)
        .allSatisfy(
            item -> {
              String path = path(item);
              assertThat(item.logs())
                  .extracting(TraceItem.Log::messageJson)
                  .allMatch(line -> line.equals("[\"" + path + "\"]"));
            });
  }

  @Test
  void leavesNothingInFlightAndServesOn() {
    assertThat(worker.worker().inFlight()).isZero();
    assertThatCode(() -> worker.worker().drained().join()).doesNotThrowAnyException();
    assertThat(worker.get("/PLAIN/end/0").answer().text()).isEqualTo("answer to /PLAIN/end/0");
  }

  @Test
  void containsEveryKind() {
    assertThat(ALL.stream().collect(Collectors.groupingBy(Sent::kind, Collectors.counting())))
        .containsOnlyKeys(Kind.values());
  }

  private static String path(TraceItem item) {
    String url = ((TraceItem.FetchEvent) item.event()).url();
    return url.substring("http://worker.test".length());
  }
}
