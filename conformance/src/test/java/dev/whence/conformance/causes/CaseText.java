package dev.whence.conformance.causes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** JSON as a person would lay it out: short values on one line, long ones a member a line. */
final class CaseText {
  private static final int WIDTH = 100;

  private CaseText() {}

  static String of(JsonNode node) {
    return laidOut(node, 0) + "\n";
  }

  private static String laidOut(JsonNode node, int indent) {
    String flat = flat(node);
    boolean fits = indent + flat.length() <= WIDTH;
    if (!node.isContainerNode() || node.isEmpty() || (fits && indent > 0)) {
      return flat;
    }
    String inner = " ".repeat(indent + 2);
    List<String> members = new ArrayList<>();
    if (node.isObject()) {
      node.properties()
          .forEach(
              member ->
                  members.add(
                      inner
                          + TextNode.valueOf(member.getKey())
                          + ": "
                          + laidOut(member.getValue(), indent + 2)));
    } else {
      node.forEach(element -> members.add(inner + laidOut(element, indent + 2)));
    }
    String open = node.isObject() ? "{" : "[";
    String close = node.isObject() ? "}" : "]";
    return open + "\n" + String.join(",\n", members) + "\n" + " ".repeat(indent) + close;
  }

  private static String flat(JsonNode node) {
    if (node.isObject()) {
      List<String> members = new ArrayList<>();
      node.properties()
          .forEach(
              member ->
                  members.add(TextNode.valueOf(member.getKey()) + ": " + flat(member.getValue())));
      return "{" + String.join(", ", members) + "}";
    }
    if (node.isArray()) {
      List<String> elements = new ArrayList<>();
      node.forEach(element -> elements.add(flat(element)));
      return "[" + String.join(", ", elements) + "]";
    }
    return node.toString();
  }
}
