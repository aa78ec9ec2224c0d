package dev.whence.explain;

import java.util.List;

/**
 * One labelled fact of a card, as every form that people read shows it.
 *
 * <p>Thread: any (immutable).
 *
 * @param label for example {@code awaited at}
 * @param values printable text, one line each; never empty
 * @param shape how a value that is too long is treated
 */
record CardRow(String label, List<String> values, Shape shape) {
  CardRow {
    values = List.copyOf(values);
  }

  static CardRow sentence(String label, String value) {
    return new CardRow(label, List.of(value), Shape.SENTENCE);
  }

  /** How values flow. */
  enum Shape {
    /** Places, shortened already: a line each. */
    PLACES,
    /** May be wrapped. */
    SENTENCE
  }
}
