package dev.whence.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.whence.testkit.TestWorker;
import org.junit.jupiter.api.Test;

class WhenceTest {
  private static Exploration mutex() {
    return Whence.explore("workers/mutex.js").requests("GET /a", "/b").schedules(60);
  }

  @Test
  void aHangFailsTheTestWithItsScheduleCauseAndToken() {
    Throwable failure = catchThrowable(() -> mutex().assertNoHang());

    assertThat(failure)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("r2 waits for a promise that r1 created")
        .hasMessageContaining("awaited at   fetch (mutex.js:4:18)");
    String message = failure.getMessage();
    int begin = message.indexOf(".replay(\"") + ".replay(\"".length();
    String token = message.substring(begin, message.indexOf('"', begin));
    assertThatThrownBy(() -> mutex().replay(token).assertNoHang())
        .hasMessageContaining("r2 waits for a promise that r1 created");
  }

  @WorkerTest("workers/greeter.js")
  void aWorkerWithoutFaultPasses(Exploration exploration) {
    exploration.requests("/ann", "/bob").schedules(60).assertNothingFound();
  }

  @WorkerTest("workers/greeter.js")
  void aTestGetsARunningWorker(TestWorker worker) {
    assertThat(worker.get("/ann").answer().text()).isEqualTo("hello ann");
  }

  @Test
  void aMissingWorkerIsNamed() {
    assertThatThrownBy(() -> Whence.explore("nowhere.js"))
        .hasMessageStartingWith("there is no worker nowhere.js in ");
  }
}
