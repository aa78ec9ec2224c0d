package dev.whence.conformance.causes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.whence.explain.Cause;
import dev.whence.explain.CauseKind;
import dev.whence.explain.Code;
import dev.whence.explain.Site;
import dev.whence.runtime.WorkerStartException;
import dev.whence.testkit.TestWorker;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A start-up that fails because top-level code does what needs a request carries a card. */
class GlobalScopeCauseTest {

  private static WorkerStartException failure(TestWorker.Builder builder) {
    return Objects.requireNonNull(
        catchThrowableOfType(WorkerStartException.class, builder::tryStart), "it started");
  }

  private static Cause explained(TestWorker.Builder builder) {
    return Objects.requireNonNull(failure(builder).explanation());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "const timer = setTimeout(() => {}, 10);          | 15",
        "const id = crypto.randomUUID();                  | 19",
        "const first = await fetch('http://up.test/');    | 21",
        "await scheduler.wait(1);                         | 17",
        "const page = new Response('text');               | 14",
        "const c = await caches.default.match('http://a') | 32",
      })
  @DisplayName("the card names the place in global scope")
  void namesThePlaceInGlobalScope(String statement, int column) {
    Cause cause =
        explained(
            TestWorker.of(
                """
                // The first line.
                %s
                export default { fetch: () => new Response('never') };
                """
                    .formatted(statement)));

    assertThat(cause.kind()).isEqualTo(CauseKind.GLOBAL_SCOPE_IO);
    assertThat(cause.awaited().top()).contains(new Site("worker.js", 2, column, null, false));
    assertThat(cause.summary()).startsWith("worker.js:2:" + column + " starts a timer or a fetch");
    assertThat(Objects.requireNonNull(cause.code()).at().position())
        .isEqualTo("worker.js:2:" + column);
  }

  @Test
  @DisplayName("a function of another module, called at start-up, is named with its caller")
  void namesTheFunctionAndItsCaller() {
    Cause cause =
        explained(
            TestWorker.of(
                    """
                    import { newId } from './lib/ids.js';
                    const instance = newId();
                    export default { fetch: () => new Response(instance) };
                    """)
                .module(
                    "lib/ids.js",
                    """
                    export function newId() {
                      return crypto.randomUUID();
                    }
                    """));

    assertThat(cause.awaited().frames())
        .containsExactly(
            new Site("lib/ids.js", 2, 17, "newId", false),
            new Site("worker.js", 2, 18, null, false));
  }

  @Test
  @DisplayName("a library that does it is named, and the first line of the author's own code")
  void namesTheLibraryAndTheAuthorsLine() {
    Cause cause =
        explained(
            TestWorker.of(
                """
                // node_modules/ids/index.js
                function newId() {
                  return crypto.randomUUID();
                }

                // src/worker.js
                var instance = newId();
                export default { fetch: () => new Response(instance) };
                """));

    assertThat(cause.awaited().top()).contains(new Site("worker.js", 3, 17, "newId", true));
    assertThat(cause.awaited().firstOfAuthor()).contains(new Site("worker.js", 7, 16, null, false));
    Code code = Objects.requireNonNull(cause.code());
    assertThat(code.at().line()).isEqualTo(7);
  }

  private static @Nullable Cause explanationOf(String script) {
    return failure(TestWorker.of(script)).explanation();
  }

  @Test
  @DisplayName("other failures of a start-up have no card")
  void staysSilentForOtherFailures() {
    assertThat(explanationOf("throw new Error('broken');")).isNull();
    assertThat(explanationOf("const a = ;")).isNull();
    assertThat(explanationOf("import './missing.js';")).isNull();
    assertThat(explanationOf("await new Promise(() => {});")).isNull();
  }

  @Test
  @DisplayName("a worker that catches the error starts")
  void staysSilentWhenTheErrorIsCaught() {
    try (TestWorker worker =
        TestWorker.of(
                """
                let id = 'none';
                try { id = crypto.randomUUID(); } catch { id = 'later'; }
                export default { fetch: () => new Response(id) };
                """)
            .start()) {
      assertThat(worker.get("/").answer().text()).isEqualTo("later");
    }
  }
}
