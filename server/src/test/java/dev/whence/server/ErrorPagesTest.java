package dev.whence.server;

import static dev.whence.server.FakeWorker.bytes;
import static dev.whence.server.FakeWorker.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.explain.CauseHtml;
import dev.whence.explain.CauseText;
import dev.whence.runtime.FailurePage;
import dev.whence.testkit.SampleCause;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorPagesTest extends ServerTest {

  private static final String BROWSER = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";

  private final FakeWorker failing =
      new FakeWorker(
          "<shop>",
          (request, sink) ->
              sink.failed(
                  FailurePage.of(
                      500,
                      "hang",
                      "The script will never generate a response & <b> {{cause}}",
                      SampleCause.hang())));

  @Test
  void showsABrowserAPage() throws Exception {
    serve(failing);

    RawClient.Answer answer =
        client().sendHead("GET /a?b=<script> HTTP/1.1", "Host: a", BROWSER).read();

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("content-type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(answer.header("whence-error")).isEqualTo("hang");
    assertThat(answer.body())
        .contains("<title>500 Internal Server Error</title>", ">hang<")
        .contains("The script will never generate a response &amp; &lt;b&gt;")
        .contains("GET /a?b=&lt;script&gt;", "&lt;shop&gt;")
        .doesNotContain("<script", "{{", "class=\"cause\"", "blocker");
  }

  @Test
  void showsTheAuthorTheCardOnAPage() throws Exception {
    serveToTheAuthor();

    String page = client().sendHead("GET /a?b=<script> HTTP/1.1", "Host: a", BROWSER).read().body();

    assertThat(page)
        .contains(CauseHtml.fragment(SampleCause.hang()))
        .contains("The script will never generate a response &amp; &lt;b&gt; &#123;&#123;")
        .doesNotContain("<script", "{{");
  }

  @Test
  void showsTheAuthorTheCardAsText() throws Exception {
    serveToTheAuthor();

    RawClient.Answer answer = client().sendHead("GET /b HTTP/1.1", "Host: a", "Accept: */*").read();

    assertThat(answer.header("content-type")).startsWith("text/plain");
    assertThat(answer.body())
        .isEqualTo(
            "The script will never generate a response & <b> {{cause}}\n\n"
                + CauseText.plain(SampleCause.hang(), "GET /b"));
  }

  @Test
  void showsTheAuthorOfAFailureWithoutACauseWhatThereIs() throws Exception {
    serve(
        new FakeWorker(
            "shop",
            (request, sink) -> sink.failed(FailurePage.of(503, "loadShed", "Too many.", null))),
        ServerOptions.of("127.0.0.1", 0, 0).showingCauses());

    assertThat(client().sendHead("GET / HTTP/1.1", "Host: a").read().body())
        .isEqualTo("Too many.\n");
    assertThat(client().sendHead("GET / HTTP/1.1", "Host: a", BROWSER).read().body())
        .contains("Too many.")
        .doesNotContain("{{");
  }

  private void serveToTheAuthor() throws IOException {
    serve(failing, ServerOptions.of("127.0.0.1", 0, 0).showingCauses());
  }

  @Test
  void givesOthersTheText() throws Exception {
    serve(failing);

    RawClient.Answer answer = client().sendHead("GET / HTTP/1.1", "Host: a", "Accept: */*").read();

    assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(answer.body())
        .isEqualTo("The script will never generate a response & <b> {{cause}}\n");
  }

  @Test
  void leavesTheWorkersOwnErrorsAlone() throws Exception {
    serve(
        FakeWorker.of(
            (request, sink) -> sink.whole(head(500, "whence-error", "mine"), bytes("mine"))));

    assertThat(client().sendHead("GET / HTTP/1.1", "Host: a", BROWSER).read().body())
        .isEqualTo("mine");
  }

  @Test
  void answersAHeadRequestWithThePagesLength() throws Exception {
    serve(failing);

    RawClient.Answer page = client().sendHead("GET / HTTP/1.1", "Host: a", BROWSER).read();
    RawClient.Answer head = client().sendHead("HEAD / HTTP/1.1", "Host: a", BROWSER).read(false);

    assertThat(Integer.parseInt(head.header("content-length")))
        .isEqualTo(Integer.parseInt(page.header("content-length")) + 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true  | text/html",
        "true  | text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "true  | application/json;q=0.5, TEXT/HTML",
        "true  | text/html;q=0.9, text/plain;q=0.8",
        "false | text/html;q=0.5, text/plain",
        "false | text/html, text/plain",
        "false | text/html;q=0, */*",
        "false | */*",
        "false | application/json",
        "false | text/html;q=x"
      })
  void readsWhatAClientPrefers(boolean html, String accept) {
    assertThat(ErrorPages.prefersHtml(accept)).isEqualTo(html);
  }

  @Test
  void prefersTextWhenNothingIsSaid() {
    assertThat(ErrorPages.prefersHtml(null)).isFalse();
  }
}
