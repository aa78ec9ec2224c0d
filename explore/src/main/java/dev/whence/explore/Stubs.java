package dev.whence.explore;

import dev.whence.loop.Clock;
import dev.whence.runtime.Transport;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * An upstream of fixed answers: the first pattern that matches a URL answers it.
 *
 * <p>Thread: any (immutable).
 */
public final class Stubs implements Upstream {
  /**
   * One answer.
   *
   * @param url absolute; {@code *} stands for anything
   */
  public record Stub(String url, Reply reply) {
    boolean matches(String asked) {
      StringBuilder pattern = new StringBuilder();
      for (String part : url.split("\\*", -1)) {
        pattern.append(pattern.length() == 0 ? "" : ".*").append(Pattern.quote(part));
      }
      return Pattern.matches(pattern.toString(), asked);
    }
  }

  private final List<Stub> stubs;

  public Stubs(List<Stub> stubs) {
    this.stubs = List.copyOf(stubs);
  }

  @Override
  public Session begin(Clock clock, long seed) {
    return new Session() {
      @Override
      public void ask(Transport.Request request, byte[] body, Consumer<Reply> done) {
        for (Stub stub : stubs) {
          if (stub.matches(request.url())) {
            done.accept(stub.reply());
            return;
          }
        }
        throw new MissingStubException(request.method(), request.url());
      }

      @Override
      public long nextWakeMillis() {
        return Long.MAX_VALUE;
      }

      @Override
      public void proceed() {}

      @Override
      public void end() {}
    };
  }
}
