package dev.whence.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One table of a configuration file, read by type; a wrong type is an error that names the file,
 * the key and what was expected.
 *
 * @param file for messages
 * @param prefix of its keys in messages: empty at the top, {@code env.staging.} below
 */
record ConfigTable(String file, String prefix, ObjectNode node) {

  Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  boolean has(String key) {
    return node.has(key);
  }

  @Nullable String string(String key) throws ConfigException {
    JsonNode value = node.get(key);
    if (value == null) {
      return null;
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw wrongType(key, "a string", value);
    }
    return value.textValue();
  }

  @Nullable List<String> strings(String key) throws ConfigException {
    JsonNode value = node.get(key);
    if (value == null) {
      return null;
    }
    List<String> strings = new ArrayList<>();
    for (JsonNode element : value) {
      if (!element.isTextual()) {
        throw wrongType(key, "a list of strings", value);
      }
      strings.add(element.textValue());
    }
    if (!value.isArray()) {
      throw wrongType(key, "a list of strings", value);
    }
    return strings;
  }

  @Nullable ConfigTable table(String key) throws ConfigException {
    JsonNode value = node.get(key);
    if (value == null) {
      return null;
    }
    if (!(value instanceof ObjectNode table)) {
      throw wrongType(key, "a table", value);
    }
    return new ConfigTable(file, prefix + key + ".", table);
  }

  /** For messages: the file and the full name of a key. */
  String place(String key) {
    return file + ": '" + prefix + key + "'";
  }

  ConfigException wrongType(String key, String expected, JsonNode value) {
    return new ConfigException(place(key) + " must be " + expected + ", but is " + describe(value));
  }

  private static String describe(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> value.textValue().isBlank() ? "empty" : "the string " + value;
      case NUMBER -> "the number " + value;
      case BOOLEAN -> value.toString();
      case NULL -> "null";
      case ARRAY -> value.isEmpty() ? "an empty list" : "a list with " + describe(value.get(0));
      case OBJECT, POJO -> "a table";
      case BINARY, MISSING -> "nothing";
    };
  }
}
