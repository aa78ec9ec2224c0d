package dev.whence.runtime;

import dev.whence.explain.CallStack;
import dev.whence.explain.Code;
import dev.whence.explain.Site;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The author's files, for code frames, and which of them are an installed package's.
 *
 * <p>A bundler leaves a comment with the original file before what it took from there. So library
 * code is told in a bundle without a source map too.
 *
 * <p>Thread: the isolate's.
 */
final class SourceTexts {
  private static final String PACKAGES = "node_modules/";
  private static final Pattern ORIGIN = Pattern.compile("// (\\S+\\.(?:[cm]?[jt]sx?|json))");

  private final Function<String, @Nullable String> loaded;
  private final Map<String, String> learned = new LinkedHashMap<>();
  private final Map<String, NavigableMap<Integer, String>> origins = new LinkedHashMap<>();

  /**
   * Texts of one worker.
   *
   * @param loaded finds a file among those of the worker
   */
  SourceTexts(Function<String, @Nullable String> loaded) {
    this.loaded = loaded;
  }

  /** Takes in a file that only a source map has. */
  void learn(String file, String text) {
    learned.put(file, text);
  }

  private @Nullable String text(String file) {
    String text = learned.get(file);
    return text == null ? loaded.apply(file) : text;
  }

  /** Whether a line belongs to an installed package. */
  boolean isLibrary(String file, int line) {
    if (file.contains(PACKAGES)) {
      return true;
    }
    Map.Entry<Integer, String> origin =
        origins.computeIfAbsent(file, this::originsIn).floorEntry(line);
    return origin != null && origin.getValue().contains(PACKAGES);
  }

  private NavigableMap<Integer, String> originsIn(String file) {
    NavigableMap<Integer, String> result = new TreeMap<>();
    String text = text(file);
    if (text == null || !text.contains(PACKAGES)) {
      return result;
    }
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      Matcher origin = ORIGIN.matcher(line);
      if (origin.matches()) {
        result.put(number, origin.group(1));
      }
    }
    return result;
  }

  /** The line to look at: of the author's own code where it can be had. */
  @Nullable Code code(CallStack first, CallStack second) {
    for (CallStack stack : new CallStack[] {first, second}) {
      Site site = stack.firstOfAuthor().or(stack::top).orElse(null);
      String text = site == null ? null : text(site.file());
      if (site != null && text != null) {
        return new Code(site, text);
      }
    }
    return null;
  }
}
