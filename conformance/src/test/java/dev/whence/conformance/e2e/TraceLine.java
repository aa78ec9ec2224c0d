package dev.whence.conformance.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** A trace item as printed. */
record TraceLine(JsonNode json) {

  String outcome() {
    return json.path("outcome").asText();
  }

  String path() {
    return URI.create(json.path("event").path("request").path("url").asText()).getPath();
  }

  /** The status of the response that was sent; 0: none was. */
  int status() {
    return json.path("event").path("response").path("status").asInt();
  }

  /** Each line: its arguments, with spaces between them. */
  List<String> logs() {
    List<String> logs = new ArrayList<>();
    for (JsonNode log : json.path("logs")) {
      logs.add(
          String.join(
              " ",
              StreamSupport.stream(log.path("message").spliterator(), false)
                  .map(JsonNode::asText)
                  .toList()));
    }
    return logs;
  }

  /** {@code Name: message} of each. */
  List<String> exceptions() {
    List<String> exceptions = new ArrayList<>();
    for (JsonNode exception : json.path("exceptions")) {
      exceptions.add(exception.path("name").asText() + ": " + exception.path("message").asText());
    }
    return exceptions;
  }
}
