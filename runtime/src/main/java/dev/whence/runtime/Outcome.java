package dev.whence.runtime;

/** How an event ended (workers-semantics.md, section 15). */
public enum Outcome {
  OK("ok"),
  EXCEPTION("exception"),
  EXCEEDED_CPU("exceededCpu"),
  EXCEEDED_MEMORY("exceededMemory"),
  CANCELED("canceled"),
  RESPONSE_STREAM_DISCONNECTED("responseStreamDisconnected"),
  INTERNAL_ERROR("internalError"),
  LOAD_SHED("loadShed");

  private final String wireName;

  Outcome(String wireName) {
    this.wireName = wireName;
  }

  /** The ecosystem's spelling. */
  public String wireName() {
    return wireName;
  }
}
