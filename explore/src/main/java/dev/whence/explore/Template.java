package dev.whence.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer with its volatile parts left open: the words that changed when only the time and the
 * seed did.
 *
 * <p>Thread: any (immutable).
 *
 * @param words null where anything may stand
 */
record Template(List<String> words, boolean isOpenEnded) {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_.:+-]+|[^\\p{L}\\p{N}_.:+-]+");
  private static final String ANYTHING = "\0";

  /** What two answers have in common. */
  static Template of(String one, String other) {
    List<String> first = words(one);
    List<String> second = words(other);
    if (first.size() != second.size()) {
      int common = 0;
      while (common < Math.min(first.size(), second.size())
          && first.get(common).equals(second.get(common))) {
        common++;
      }
      return new Template(first.subList(0, common), true);
    }
    List<String> words = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      words.add(first.get(i).equals(second.get(i)) ? first.get(i) : ANYTHING);
    }
    return new Template(words, false);
  }

  Template {
    words = List.copyOf(words);
  }

  boolean matches(String answer) {
    List<String> given = words(answer);
    if (isOpenEnded ? given.size() < words.size() : given.size() != words.size()) {
      return false;
    }
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.equals(ANYTHING) && !word.equals(given.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      words.add(word.group());
    }
    return words;
  }
}
