package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.Limits;
import dev.whence.runtime.Outcome;
import dev.whence.runtime.Provenance;
import dev.whence.runtime.WorkerOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Requests without end: what is kept to explain hangs with goes when its requests do. The heaps are
 * measured after a warm-up, when all that has a bound is full, and after the requests.
 */
class SoakTest {
  /** More than the requests of which the end is remembered. */
  private static final int WARM_UP = 5_000;

  private static final long MEGABYTE = 1024 * 1024;

  /** How much the heap of each may have grown, of noise: at a million requests, two bytes each. */
  private static final long BOUND = 2 * MEGABYTE;

  /** What is sent, and how much is recorded of it. */
  enum Load {
    /** All recorded; of twenty requests five fail, three of them by hanging. */
    SITES(Provenance.SITES, true, CrossRequest.CANCEL, "/mixed/", 5),
    SITES_FOLLOW(Provenance.SITES, true, CrossRequest.FOLLOW, "/mixed/", 5),
    /** Owners only: none hangs, or sites would be recorded for a minute. */
    OWNERS(Provenance.OWNERS, false, CrossRequest.CANCEL, "/sound/", 0),
    /** As in production: sites are on after each hang. */
    OWNERS_AND_HANGS(Provenance.OWNERS, false, CrossRequest.CANCEL, "/mixed/", 5);

    private final Provenance provenance;
    private final boolean earlyWarnings;
    private final CrossRequest mode;
    private final String path;
    private final int failuresInTwenty;

    Load(
        Provenance provenance,
        boolean earlyWarnings,
        CrossRequest mode,
        String path,
        int failuresInTwenty) {
      this.provenance = provenance;
      this.earlyWarnings = earlyWarnings;
      this.mode = mode;
      this.path = path;
      this.failuresInTwenty = failuresInTwenty;
    }

    WorkerOptions options() {
      return new WorkerOptions(
          "soak",
          Map.of(),
          null,
          List.of(),
          mode,
          false,
          false,
          false,
          provenance,
          earlyWarnings,
          Limits.defaults());
    }
  }

  @ParameterizedTest
  @EnumSource(Load.class)
  void keepsNothingOfThousandsOfRequests(Load load) {
    soak(load, 5_000);
  }

  @Test
  @Tag("slow")
  void keepsNothingOfAMillionRequests() {
    soak(Load.OWNERS, 700_000);
    soak(Load.OWNERS_AND_HANGS, 100_000);
    soak(Load.SITES, 100_000);
    soak(Load.SITES_FOLLOW, 100_000);
  }

  private static void soak(Load load, int requests) {
    try (Soak soak = Soak.of(ScriptFile.read("soak.js"), load.options())) {
      soak.send(load.path, WARM_UP);
      Soak.Heaps before = soak.heaps();
      long start = System.nanoTime();
      soak.send(load.path, requests);
      long millis = (System.nanoTime() - start) / 1_000_000;
      Soak.Heaps after = soak.heaps();

      System.out.printf(
          "%s: %d requests in %d ms; isolate %d -> %d kB, JVM %d -> %d kB%n",
          load,
          requests,
          millis,
          before.isolate() / 1024,
          after.isolate() / 1024,
          before.jvm() / 1024,
          after.jvm() / 1024);
      assertThat(soak.count(Outcome.EXCEPTION))
          .isEqualTo((WARM_UP + requests) / 20L * load.failuresInTwenty);
      assertThat(soak.count(Outcome.OK) + soak.count(Outcome.EXCEPTION))
          .isEqualTo(WARM_UP + requests);
      assertThat(after.isolate() - before.isolate()).as("isolate").isLessThan(BOUND);
      assertThat(after.jvm() - before.jvm()).as("JVM").isLessThan(BOUND);
    }
  }
}
