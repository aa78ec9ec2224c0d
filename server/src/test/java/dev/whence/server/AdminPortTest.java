package dev.whence.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask the admin port, and what it answers. */
@Timeout(60)
class AdminPortTest extends ServerTest {
  private static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  @BeforeEach
  void start() throws Exception {
    serve(FakeWorker.saying("worker"));
  }

  private RawClient.Answer ask(String line, String... headers) throws Exception {
    try (RawClient admin = new RawClient(server.adminPort())) {
      List<String> lines = new ArrayList<>(List.of(line));
      lines.addAll(List.of(headers));
      return admin.sendHead(lines.toArray(String[]::new)).read();
    }
  }

  private String own() {
    return "127.0.0.1:" + server.adminPort();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/app.js", "/style/base.css", "/icon.svg", "/api/in-flight", "/api/promises"})
  void answersWhoAsksForItsOwnAddress(String path) throws Exception {
    RawClient.Answer answer = ask("GET " + path + " HTTP/1.1", "Host: " + own());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-security-policy")).isEqualTo(POLICY);
    assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.header("cross-origin-resource-policy")).isEqualTo("same-origin");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.headers("access-control-allow-origin")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:99", "127.0.0.1", "127.1.2.3", "[::1]:8788"})
  void answersUnderTheNamesOfThisMachine(String host) throws Exception {
    assertThat(ask("GET /api/in-flight HTTP/1.1", "Host: " + host).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8788",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "10.0.0.1",
        "localhost@evil.example"
      })
  void refusesNamesThatMayHaveBeenPointedHere(String host) throws Exception {
    RawClient.Answer answer = ask("GET /api/in-flight HTTP/1.1", "Host: " + host);
    assertThat(answer.status()).isBetween(400, 403);
    assertThat(answer.body()).doesNotContain("requests");
  }

  @Test
  void refusesOtherOriginsAlsoOfThisMachine() throws Exception {
    List<String> foreign =
        List.of(
            "Origin: http://127.0.0.1:8787",
            "Origin: null",
            "Origin: https://" + own(),
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site");
    for (String header : foreign) {
      assertThat(ask("GET /api/events HTTP/1.1", "Host: " + own(), header).status())
          .as(header)
          .isEqualTo(403);
    }
    assertThat(
            ask(
                    "GET /api/in-flight HTTP/1.1",
                    "Host: " + own(),
                    "Origin: http://" + own(),
                    "Sec-Fetch-Site: same-origin")
                .status())
        .isEqualTo(200);
  }

  @Test
  void aLinkFromElsewhereLeadsToThePageAndNoFurther() throws Exception {
    String[] link = {
      "Host: " + own(),
      "Sec-Fetch-Site: cross-site",
      "Sec-Fetch-Mode: navigate",
      "Sec-Fetch-Dest: document"
    };
    assertThat(ask("GET / HTTP/1.1", link).status()).isEqualTo(200);
    assertThat(ask("GET /api/in-flight HTTP/1.1", link).status()).isEqualTo(403);
    link[3] = "Sec-Fetch-Dest: iframe";
    assertThat(ask("GET / HTTP/1.1", link).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "HEAD"})
  void knowsNothingButGet(String method) throws Exception {
    try (RawClient admin = new RawClient(server.adminPort())) {
      admin.sendHead(method + " /api/in-flight HTTP/1.1", "Host: " + own(), "Content-Length: 0");
      assertThat(admin.readHead().status()).isEqualTo(405);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/..%2fAdminFront.class",
        "/../Dashboard.class",
        "/Dashboard.class",
        "/model/../app.js",
        "/style/",
        "/model"
      })
  void readsNoFileButItsOwn(String path) throws Exception {
    assertThat(ask("GET " + path + " HTTP/1.1", "Host: " + own()).status()).isEqualTo(404);
  }

  @Test
  void healthIsAnsweredUnderAnyName() throws Exception {
    assertThat(ask("GET /health HTTP/1.1", "Host: probe.internal").body())
        .isEqualTo("{\"status\":\"ok\"}");
  }
}
