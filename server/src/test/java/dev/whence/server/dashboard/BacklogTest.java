package dev.whence.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static Sampler.Sample sample(boolean matter, long... numbers) {
    List<EndedRequest> kept =
        LongStream.of(numbers).mapToObj(n -> new EndedRequest(n, matter, "{\"n\":1}")).toList();
    return new Sampler.Sample(kept, new Counts(numbers.length, 0, 0));
  }

  private static List<Long> numbers(Backlog backlog) {
    return backlog.requests().stream().map(EndedRequest::number).toList();
  }

  @Test
  void keepsTheNewestAndExactCounts() {
    Backlog backlog = new Backlog(3, 1_000);
    backlog.add(sample(false, 1, 2));
    backlog.add(sample(false, 3, 4, 5));
    assertThat(numbers(backlog)).containsExactly(3L, 4L, 5L);
    assertThat(backlog.counts().ended()).isEqualTo(5);
  }

  @Test
  void keepsWhatMattersLongest() {
    Backlog backlog = new Backlog(4, 1_000);
    backlog.add(sample(true, 1, 2));
    backlog.add(sample(false, 3, 4, 5, 6));
    assertThat(numbers(backlog)).containsExactly(1L, 2L, 5L, 6L);
  }

  @Test
  void doesNotShowOldFailuresOnly() {
    Backlog backlog = new Backlog(4, 1_000);
    backlog.add(sample(true, 1, 2, 3, 4));
    backlog.add(sample(false, 5, 6));
    assertThat(numbers(backlog)).containsExactly(3L, 4L, 5L, 6L);
  }

  @Test
  void isBoundedInCharacters() {
    Backlog backlog = new Backlog(100, 21);
    backlog.add(sample(false, 1, 2, 3, 4));
    assertThat(numbers(backlog)).containsExactly(2L, 3L, 4L);
  }

  @Test
  void isEmptyWhenItWasCleared() {
    Backlog backlog = new Backlog(10, 1_000);
    backlog.add(sample(true, 1));
    assertThat(backlog.isEmpty()).isFalse();
    backlog.clear();
    assertThat(backlog.isEmpty()).isTrue();
    assertThat(backlog.counts()).isEqualTo(Counts.NONE);
  }
}
