package dev.whence.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.explain.CallStack;
import dev.whence.explain.Cause;
import dev.whence.explain.CauseKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailurePageTest {
  private static final Cause CAUSE =
      new Cause(
          CauseKind.NEVER_SETTLES,
          "r1",
          false,
          "r1 waits for a promise in secret.js.",
          CallStack.UNKNOWN,
          CallStack.UNKNOWN,
          null,
          List.of(),
          null,
          null,
          null,
          List.of(),
          null,
          "settle it",
          null,
          null);

  private final List<String> answers = new ArrayList<>();

  @Test
  void aFrontThatKnowsNothingOfCausesSendsTheMessageAlone() {
    FailurePage.send(new Recording(), 500, Outcome.EXCEPTION, "It hung.", CAUSE);

    assertThat(answers)
        .containsExactly(
            "500 [content-type, text/plain; charset=utf-8, whence-error, exception] It hung.\n");
  }

  @Test
  void aFrontThatWantsToKnowGetsTheCause() {
    List<FailurePage> pages = new ArrayList<>();
    ResponseSink curious =
        new Recording() {
          @Override
          public void failed(FailurePage page) {
            pages.add(page);
          }
        };

    FailurePage.send(new ContainedSink(curious), 500, Outcome.EXCEPTION, "It hung.", CAUSE);
    FailurePage.send(curious, 503, Outcome.LOAD_SHED, "Later.", List.of("retry-after", "1"));

    assertThat(answers).isEmpty();
    assertThat(pages).extracting(FailurePage::cause).containsExactly(CAUSE, null);
    assertThat(pages).extracting(FailurePage::message).containsExactly("It hung.", "Later.");
    assertThat(pages.get(1).head().headers()).startsWith("retry-after", "1");
  }

  /** Notes complete answers. */
  private class Recording implements ResponseSink {
    @Override
    public void whole(Head head, byte[] body) {
      String text = new String(body, StandardCharsets.UTF_8);
      answers.add(head.status() + " " + head.headers() + " " + text);
    }

    @Override
    public void head(Head head, long contentLength) {}

    @Override
    public void write(byte[] chunk, Runnable whenWritable) {}

    @Override
    public void end() {}

    @Override
    public void abort() {}
  }
}
