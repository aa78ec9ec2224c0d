package dev.whence.explain;

/** The colours of a card. Thread: any (immutable). */
enum Paint {
  ON,
  OFF;

  private static final String ESCAPE = "\u001b[";

  String failure(String text) {
    return with("1;31", text);
  }

  String warning(String text) {
    return with("1;33", text);
  }

  String advice(String text) {
    return with("32", text);
  }

  String label(String text) {
    return with("36", text);
  }

  private String with(String code, String text) {
    return this == ON ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
  }
}
