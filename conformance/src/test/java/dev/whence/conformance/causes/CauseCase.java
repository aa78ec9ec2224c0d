package dev.whence.conformance.causes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whence.explain.Cause;
import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.testkit.TestWorker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One folder: a worker's files and {@code case.json}, which says how the worker is set up ({@code
 * mode}, {@code date}, {@code flags}, {@code provenance}, {@code entry}; all optional), what its
 * clients do ({@code steps}, see {@link Steps}), and, by path, what is {@code expected} of each
 * request: null when it ends well with nothing to tell, else its outcome and its card ({@link
 * Card}); under {@code risks} its early warnings, under {@code amends} what it is told of others.
 */
final class CauseCase {
  static final String FILE = "case.json";

  /** The parts of the file that are expectations. */
  private static final List<String> EXPECTATIONS = List.of("expected", "risks", "amends");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final ObjectNode spec;

  private CauseCase(Path folder, ObjectNode spec) {
    this.folder = folder;
    this.spec = spec;
  }

  static CauseCase read(Path folder) throws IOException {
    return new CauseCase(
        folder, (ObjectNode) JSON.readTree(Files.readString(folder.resolve(FILE))));
  }

  /** What the file says that requests are told. */
  ObjectNode expectations() {
    ObjectNode expectations = JsonNodeFactory.instance.objectNode();
    EXPECTATIONS.stream().filter(spec::has).forEach(key -> expectations.set(key, spec.get(key)));
    return expectations;
  }

  /** Puts what requests were told in place of what the file expects. */
  void rewrite(ObjectNode told) throws IOException {
    ObjectNode file = spec.deepCopy().without(EXPECTATIONS);
    file.setAll(told);
    Files.writeString(folder.resolve(FILE), CaseText.of(file));
  }

  /** Runs the steps; returns what the requests named under {@code expected} were told. */
  ObjectNode run() throws IOException {
    try (TestWorker worker = start()) {
      Steps steps = new Steps(worker);
      spec.get("steps").forEach(steps::run);

      ObjectNode expected = JsonNodeFactory.instance.objectNode();
      ObjectNode risks = JsonNodeFactory.instance.objectNode();
      ObjectNode amends = JsonNodeFactory.instance.objectNode();
      for (var named : spec.get("expected").properties()) {
        String path = named.getKey();
        TraceItem item = worker.trace(path);
        expected.set(path, told(item));
        item.whence().risks().forEach(risk -> risks.withArray(escaped(path)).add(Card.of(risk)));
        item.whence()
            .amends()
            .forEach(amend -> amends.withArray(escaped(path)).add(amendment(amend)));
      }
      ObjectNode told = JsonNodeFactory.instance.objectNode();
      told.set("expected", expected);
      if (!risks.isEmpty()) {
        told.set("risks", risks);
      }
      if (!amends.isEmpty()) {
        told.set("amends", amends);
      }
      return told;
    }
  }

  /** A path of requests as a JSON pointer to the member of that name. */
  private static String escaped(String path) {
    return "/" + path.replace("~", "~0").replace("/", "~1");
  }

  private static JsonNode told(TraceItem item) {
    Cause cause = item.whence().cause();
    if (cause == null && item.outcome() == Outcome.OK && item.exceptions().isEmpty()) {
      return JsonNodeFactory.instance.nullNode();
    }
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("outcome", item.outcome().wireName());
    if (cause == null && !item.exceptions().isEmpty()) {
      ArrayNode exceptions = told.putArray("exceptions");
      item.exceptions().forEach(thrown -> exceptions.add(thrown.name() + ": " + thrown.message()));
    }
    if (cause != null) {
      told.setAll(Card.of(cause));
    }
    return told;
  }

  private static ObjectNode amendment(TraceItem.Amendment amendment) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("request", amendment.request());
    node.setAll(Card.of(amendment.cause()));
    return node;
  }

  private TestWorker start() throws IOException {
    String entry = spec.path("entry").asText("worker.js");
    TestWorker.Builder builder = TestWorker.of(entry, Files.readString(folder.resolve(entry)));
    for (Path file : files()) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      builder.module(name, Files.readString(file, StandardCharsets.UTF_8));
    }
    if (spec.hasNonNull("date")) {
      builder.date(spec.get("date").asText());
    }
    spec.path("flags").forEach(flag -> builder.flag(flag.asText()));
    builder.mode(
        spec.path("mode").asText("cancel").equals("follow")
            ? CrossRequest.FOLLOW
            : CrossRequest.CANCEL);
    if (spec.path("provenance").asText("sites").equals("sites")) {
      builder.explained();
    }
    return builder.start();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().equals(FILE))
          .sorted()
          .toList();
    }
  }
}
