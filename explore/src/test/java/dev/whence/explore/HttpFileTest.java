package dev.whence.explore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HttpFileTest {
  private static List<RequestSpec> parse(String text) throws Exception {
    return HttpFile.parse(text, name -> name.equals("body.json") ? "{}".getBytes(UTF_8) : null);
  }

  @Test
  void readsRequestsHeadersBodiesAndVariables() throws Exception {
    List<RequestSpec> requests =
        parse(
            """
            @host = https://shop.test
            @token=abc

            ### the first
            # a comment
            GET {{host}}/a?x=1 HTTP/1.1
            Authorization: Bearer {{token}}
            // another
            Accept: */*

            ###
            POST /b
            Content-Type: application/json

            {"a": "{{token}}",

             "b": 2}

            ###
            https://other.test
            ### from a file
            PUT /c

            < body.json
            """);

    assertThat(requests)
        .extracting(RequestSpec::method)
        .containsExactly("GET", "POST", "GET", "PUT");
    assertThat(requests)
        .extracting(RequestSpec::url)
        .containsExactly(
            "https://shop.test/a?x=1",
            "http://localhost:8787/b",
            "https://other.test/",
            "http://localhost:8787/c");
    assertThat(requests.get(0).headers())
        .containsExactly("Authorization", "Bearer abc", "Accept", "*/*");
    assertThat(new String(requests.get(1).body(), UTF_8))
        .isEqualTo("{\"a\": \"abc\",\n\n \"b\": 2}");
    assertThat(new String(requests.get(3).body(), UTF_8)).isEqualTo("{}");
  }

  @Test
  void joinsAQueryThatGoesOnInTheNextLines() throws Exception {
    assertThat(parse("GET /a\n    ?x=1\n    &y=2\n").get(0).url())
        .isEqualTo("http://localhost:8787/a?x=1&y=2");
  }

  @Test
  void passesOverResponseHandlers() throws Exception {
    RequestSpec request = parse("POST /a\n\nhello\n\n> {%\n client.test();\n%}\n").get(0);

    assertThat(new String(request.body(), UTF_8)).isEqualTo("hello");
  }

  @Test
  void aPathGoesToTheHostHeader() throws Exception {
    assertThat(parse("GET /a\nHost: shop.test\n").get(0).url()).isEqualTo("http://shop.test/a");
  }

  @Test
  void namesTheLineOfAMistake() {
    assertThatThrownBy(() -> parse("\nGET /{{who}}\n"))
        .hasMessage("line 2: {{who}} is not defined (@who = …)");
    assertThatThrownBy(() -> parse("GET /\nno header\n"))
        .hasMessageStartingWith("line 2: a header is");
    assertThatThrownBy(() -> parse("POST /\n\n< gone.json"))
        .hasMessage("line 3: there is no file gone.json");
  }

  @Test
  void anEmptyFileHoldsNoRequest() throws Exception {
    assertThat(parse("# nothing\n\n###\n")).isEmpty();
  }
}
