package dev.whence.runtime;

import dev.whence.explain.CallStack;
import dev.whence.explain.Evidence.Relation;
import dev.whence.explain.Hop;
import dev.whence.explain.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what explain/evidence.js has written down.
 *
 * <p>Thread: the isolate's.
 */
final class EvidenceRecords {
  /**
   * Who settled a promise too late.
   *
   * @param number of the request; 0 for nobody's code
   * @param millis the loop's time
   */
  record Late(long number, CallStack at, long millis) {}

  /**
   * Promises that one request made at one place and that are pending.
   *
   * @param owner number of the request; 0 is start-up
   * @param made null when places were not kept
   */
  record Pending(long owner, int count, @Nullable Site made) {}

  Relation relation = Relation.UNKNOWN;
  long owner;
  CallStack awaited = CallStack.UNKNOWN;
  CallStack created = CallStack.UNKNOWN;
  final List<Hop> chain = new ArrayList<>();
  @Nullable String store;
  @Nullable String holder;
  @Nullable String objectType;
  @Nullable Late settler;
  final Map<String, Site> works = new LinkedHashMap<>();
  final List<Long> victims = new ArrayList<>();
  final List<Pending> pending = new ArrayList<>();

  private final SourceTexts texts;
  private final String[] fields;
  private int next;

  private EvidenceRecords(String text, SourceTexts texts) {
    this.texts = texts;
    this.fields = text.split("\0", -1);
  }

  /** Reads records; an empty text is one that tells nothing. */
  static EvidenceRecords read(String text, SourceTexts texts) {
    EvidenceRecords records = new EvidenceRecords(text, texts);
    // The last field is what follows the last NUL.
    while (records.next < records.fields.length - 1) {
      records.record();
    }
    return records;
  }

  private void record() {
    String tag = field();
    switch (tag) {
      case "relation" -> {
        relation = relation(field());
        owner = number();
      }
      case "awaited" -> awaited = stack(field());
      case "created" -> created = stack(field());
      case "hop" -> {
        String how = field();
        chain.add(new Hop(how, frame(field())));
      }
      case "store" -> store = field();
      case "holder" -> holder = field();
      case "object" -> objectType = field();
      case "settler" -> {
        long number = number();
        CallStack at = stack(field());
        settler = new Late(number, at, (long) Double.parseDouble(field()));
      }
      case "work" -> {
        String key = field();
        works.put(key, frame(field()));
      }
      case "victim" -> victims.add(number());
      case "pending" -> {
        long number = number();
        int count = (int) number();
        String made = field();
        pending.add(new Pending(number, count, made.isEmpty() ? null : frame(made)));
      }
      case "text" -> {
        String file = field();
        texts.learn(file, field());
      }
      default -> throw new IllegalStateException("unknown evidence '" + tag + "'");
    }
  }

  private static Relation relation(String name) {
    return switch (name) {
      case "foreign" -> Relation.FOREIGN;
      case "start-up" -> Relation.START_UP;
      case "stream" -> Relation.STREAM;
      case "own" -> Relation.OWN;
      default -> throw new IllegalStateException("unknown relation '" + name + "'");
    };
  }

  private CallStack stack(String text) {
    return text.isEmpty()
        ? CallStack.UNKNOWN
        : new CallStack(text.lines().map(this::frame).toList());
  }

  private Site frame(String text) {
    String[] parts = text.split("\t", -1);
    int line = Integer.parseInt(parts[2]);
    String function = parts[0].isEmpty() ? null : parts[0];
    return new Site(
        parts[1], line, Integer.parseInt(parts[3]), function, texts.isLibrary(parts[1], line));
  }

  private long number() {
    return Long.parseLong(field());
  }

  private String field() {
    return fields[next++];
  }
}
