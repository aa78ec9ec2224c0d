package dev.whence.runtime;

import dev.whence.engine.JsException;
import dev.whence.explain.CallStack;
import dev.whence.explain.Cause;
import dev.whence.explain.Explainer;
import dev.whence.explain.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Explains a start-up that failed because top-level code did what needs a request (rule 7.1).
 *
 * <p>Thread: the isolate's.
 */
final class GlobalScopeFailure {
  private static final Pattern FRAME =
      Pattern.compile("\\s+at (?:async )?(?:(.*?) )?\\(?([^()]+):(\\d+):(\\d+)\\)?");

  private final Bootstrap bootstrap;
  private final SourceTexts texts;

  GlobalScopeFailure(Bootstrap bootstrap) {
    this.bootstrap = bootstrap;
    this.texts = new SourceTexts(this::text);
  }

  /** The explanation, or null when the failure is another one. */
  @Nullable Cause explain(JsException failure) throws JsException {
    String stack = failure.jsStack();
    if (stack == null
        || !String.valueOf(failure.getMessage()).contains(Messages.GLOBAL_SCOPE_START)) {
      return null;
    }
    CallStack used = frames(call("authorStack", stack));
    return Explainer.globalScope(used, texts.code(used, CallStack.UNKNOWN));
  }

  private CallStack frames(String stack) {
    List<Site> sites = new ArrayList<>();
    for (String line : (Iterable<String>) stack.lines()::iterator) {
      Matcher frame = FRAME.matcher(line);
      if (frame.matches()) {
        String file = frame.group(2);
        int number = Integer.parseInt(frame.group(3));
        sites.add(
            new Site(
                file,
                number,
                Integer.parseInt(frame.group(4)),
                frame.group(1),
                texts.isLibrary(file, number)));
      }
    }
    return new CallStack(sites);
  }

  private @Nullable String text(String file) {
    String loaded = bootstrap.loader().anyText(file);
    if (loaded != null) {
      return loaded;
    }
    try {
      String original = call("originalSource", file);
      return original.isEmpty() ? null : original;
    } catch (JsException e) {
      // The heap is full: the card goes without that file.
      return null;
    }
  }

  private String call(String function, String argument) throws JsException {
    String result = bootstrap.isolate().function(bootstrap.main(), function).call(argument);
    return result == null ? "" : result;
  }
}
