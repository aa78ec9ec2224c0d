package dev.whence.server;

/** When it is recorded what requests do. */
public enum Recording {
  /** Always, so that a dashboard shows what happened before it was opened. */
  ALWAYS,
  /** While a dashboard is open: otherwise nothing is spent on it. */
  WHILE_WATCHED
}
