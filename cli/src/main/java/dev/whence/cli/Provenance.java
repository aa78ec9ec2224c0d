package dev.whence.cli;

/** How much is remembered of where promises come from. */
enum Provenance {
  /** The request that created each promise. */
  OWNERS,
  /** The line as well. */
  SITES
}
