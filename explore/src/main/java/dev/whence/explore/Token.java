package dev.whence.explore;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A schedule as one word for the command line, with all that a replay needs beside the files:
 *
 * <pre>1.SEED.MODE.WARM.REQUESTS.DEVIATIONS.CHECK[.PATHS]</pre>
 *
 * for example {@code 1.9ix.c.0.1-2.4a2,1d1.k3f9}. Requests are numbers joined by minus signs;
 * deviations are the decisions left alone and a key each, joined by commas; CHECK stands for the
 * files and options; PATHS are the paths of {@code --get}.
 *
 * <p>Thread: any (immutable).
 *
 * @param mode {@code c} for cancel, {@code f} for follow
 * @param check of the files and options
 * @param paths empty when the requests come from a file
 */
public record Token(ReplayPlan plan, char mode, String check, List<String> paths) {
  private static final String VERSION = "1";

  /** Hides {@link Schedule}, which is the explorer's own. */
  public static final class ReplayPlan {
    private final Schedule schedule;

    ReplayPlan(Schedule schedule) {
      this.schedule = schedule;
    }

    Schedule schedule() {
      return schedule;
    }
  }

  public Token {
    paths = List.copyOf(paths);
  }

  /** The highest number of a request that it is about. */
  public int highestRequest() {
    Schedule schedule = plan.schedule();
    int highest = schedule.warm();
    for (int request : schedule.requests()) {
      highest = Math.max(highest, request);
    }
    return highest;
  }

  /** The text for a command line. */
  public String text() {
    Schedule schedule = plan.schedule();
    List<String> deviations = new ArrayList<>();
    for (Deviation deviation : schedule.deviations()) {
      deviations.add(deviation.after() + deviation.key().replace('.', '-'));
    }
    List<String> requests = schedule.requests().stream().map(String::valueOf).toList();
    String text =
        String.join(
            ".",
            VERSION,
            Long.toString(schedule.seed(), 36),
            String.valueOf(mode),
            String.valueOf(schedule.warm()),
            String.join("-", requests),
            deviations.isEmpty() ? "0" : String.join(",", deviations),
            check);
    if (paths.isEmpty()) {
      return text;
    }
    byte[] joined = String.join("\n", paths).getBytes(StandardCharsets.UTF_8);
    return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(joined);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if the text is no token
   */
  public static Token parse(String text) {
    String[] parts = text.trim().split("\\.", -1);
    try {
      if ((parts.length != 7 && parts.length != 8) || !parts[0].equals(VERSION)) {
        throw new NumberFormatException();
      }
      List<Integer> requests = new ArrayList<>();
      for (String number : parts[4].split("-")) {
        requests.add(Integer.parseInt(number));
      }
      List<Deviation> deviations = new ArrayList<>();
      if (!parts[5].equals("0")) {
        for (String deviation : parts[5].split(",")) {
          deviations.add(deviation(deviation));
        }
      }
      List<String> paths = new ArrayList<>();
      if (parts.length == 8) {
        String joined = new String(Base64.getUrlDecoder().decode(parts[7]), StandardCharsets.UTF_8);
        paths.addAll(List.of(joined.split("\n")));
      }
      Schedule schedule =
          new Schedule(
              Long.parseLong(parts[1], 36), requests, Integer.parseInt(parts[3]), deviations);
      return new Token(
          new ReplayPlan(schedule), parts[2].toLowerCase(Locale.ROOT).charAt(0), parts[6], paths);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("'" + text + "' is no replay token", e);
    }
  }

  private static Deviation deviation(String text) {
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    String key = text.substring(digits).replace('-', '.');
    if (!key.matches("t|[rasfbundw]\\d*(\\.\\d+)?")) {
      throw new NumberFormatException();
    }
    return new Deviation(Integer.parseInt(text.substring(0, digits)), key);
  }
}
