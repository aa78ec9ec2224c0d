package dev.whence.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.Outcome;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private final Sampler sampler = new Sampler(10, 20, new SplittableRandom(7));

  @Test
  void keepsEverythingBelowTheLimitInTheOrderOfTheEnds() {
    sampler.ended(TraceItems.ended("r2", Outcome.OK), null);
    sampler.ended(TraceItems.ended("r1", Outcome.EXCEPTION), null);
    sampler.ended(TraceItems.ended("r3", Outcome.OK), null);
    Sampler.Sample sample = sampler.take();
    assertThat(sample.kept()).extracting(EndedRequest::number).containsExactly(1L, 2L, 3L);
    assertThat(sample.kept().get(0).json())
        .startsWith("{\"number\":1,\"matters\":false,\"item\":{\"wallTime\":5,");
    assertThat(sample.counts()).isEqualTo(new Counts(3, 1, 1));
  }

  @Test
  void aboveTheLimitOrdinaryOnesAreSampledAndWhatMattersIsKept() {
    for (int i = 0; i < 1_000; i++) {
      boolean fails = i % 100 == 50;
      sampler.ended(TraceItems.ended("r" + i, fails ? Outcome.EXCEPTION : Outcome.OK), null);
    }
    Sampler.Sample sample = sampler.take();
    assertThat(sample.counts()).isEqualTo(new Counts(1_000, 10, 10));
    assertThat(sample.kept()).hasSize(20).isSortedAccordingTo(this::byNumber);
    assertThat(sample.kept()).filteredOn(EndedRequest::matters).hasSize(10);
  }

  private int byNumber(EndedRequest a, EndedRequest b) {
    return Long.compare(a.number(), b.number());
  }

  @Test
  void theSampleIsTakenFromTheWholeStretchOfTime() {
    int early = 0;
    for (int round = 0; round < 200; round++) {
      IntStream.range(0, 100)
          .forEach(i -> sampler.ended(TraceItems.ended("r" + i, Outcome.OK), null));
      List<EndedRequest> kept = sampler.take().kept();
      long first = 1 + round * 100L;
      early += (int) kept.stream().filter(one -> one.number() < first + 50).count();
    }
    // Of 2,000 kept ones, half come from each half; the seed is fixed.
    assertThat(early).isBetween(900, 1_100);
  }

  @Test
  void anOkRequestThatThrewMatters() {
    sampler.ended(TraceItems.ended("r1", Outcome.OK, "in waitUntil"), null);
    assertThat(sampler.take().counts()).isEqualTo(new Counts(1, 0, 1));
  }

  @Test
  void aFloodOfFailuresIsBoundedAndCounted() {
    for (int i = 0; i < 50; i++) {
      sampler.ended(TraceItems.ended("r" + i, Outcome.EXCEPTION), null);
    }
    Sampler.Sample sample = sampler.take();
    assertThat(sample.kept()).hasSize(20);
    assertThat(sample.counts()).isEqualTo(new Counts(50, 50, 50));
  }

  @Test
  void eachStretchOfTimeBeginsAnew() {
    sampler.ended(TraceItems.ended("r1", Outcome.OK), null);
    sampler.take();
    assertThat(sampler.take()).isEqualTo(new Sampler.Sample(List.of(), Counts.NONE));
  }
}
