package dev.whence.cli;

import dev.whence.cli.config.ConfigException;
import dev.whence.cli.config.DidYouMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads options that take one of a few words: the names of an enum in lower case. */
final class Choice {
  private Choice() {}

  static <E extends Enum<E>> E parse(String option, String text, E[] choices)
      throws ConfigException {
    List<String> words = new ArrayList<>();
    for (E choice : choices) {
      String word = choice.name().toLowerCase(Locale.ROOT);
      if (word.equals(text)) {
        return choice;
      }
      words.add(word);
    }
    String known = String.join(", ", words.subList(0, words.size() - 1)) + " or " + last(words);
    throw new ConfigException(
        "%s takes %s, not '%s'%s".formatted(option, known, text, DidYouMean.hint(text, words)));
  }

  private static String last(List<String> words) {
    return words.get(words.size() - 1);
  }
}
