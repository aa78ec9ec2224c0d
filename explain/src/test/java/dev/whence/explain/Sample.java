package dev.whence.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a cause of r2 that says no more than it is told. */
final class Sample {
  private final CauseKind kind;
  private final String summary;
  private boolean risk;
  private CallStack awaited = CallStack.UNKNOWN;
  private CallStack created = CallStack.UNKNOWN;
  private @Nullable Owner owner;
  private List<Hop> chain = List.of();
  private @Nullable String store;
  private @Nullable String holder;
  private @Nullable Settler settler;
  private List<String> cycle = List.of();
  private @Nullable Root root;
  private String fix = "change something";
  private @Nullable String note;
  private @Nullable Code code;

  Sample(CauseKind kind, String summary) {
    this.kind = kind;
    this.summary = summary;
  }

  Cause cause() {
    return new Cause(
        kind, "r2", risk, summary, awaited, created, owner, chain, store, holder, settler, cycle,
        root, fix, note, code);
  }

  Sample risk() {
    risk = true;
    return this;
  }

  Sample stacks(CallStack waitingAt, CallStack createdAt) {
    awaited = waitingAt;
    created = createdAt;
    return this;
  }

  Sample owner(Owner value) {
    owner = value;
    return this;
  }

  Sample chain(List<Hop> value) {
    chain = value;
    return this;
  }

  Sample store(String value) {
    store = value;
    return this;
  }

  Sample holder(String value) {
    holder = value;
    return this;
  }

  Sample settler(Settler value) {
    settler = value;
    return this;
  }

  Sample cycle(List<String> value) {
    cycle = value;
    return this;
  }

  Sample root(Root value) {
    root = value;
    return this;
  }

  Sample fix(String value) {
    fix = value;
    return this;
  }

  Sample note(String value) {
    note = value;
    return this;
  }

  Sample code(Code value) {
    code = value;
    return this;
  }
}
