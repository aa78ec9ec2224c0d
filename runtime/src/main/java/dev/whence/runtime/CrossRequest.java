package dev.whence.runtime;

/** What following another request's pending promise means (section "Promises across requests"). */
public enum CrossRequest {
  /** The follower has nothing to wait for: the behaviour of 2022, made strict. */
  CANCEL,
  /** The follower waits as long as the owner lives and can make progress. */
  FOLLOW
}
