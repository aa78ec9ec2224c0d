package dev.whence.cli;

/** The wish that the command ends: Ctrl-C, or a signal of another program. */
interface StopSignal {
  /**
   * Sets what happens when the wish is uttered first; a second time ends the process at once.
   *
   * @param action called once, on any thread; must not block
   */
  void onStop(Runnable action);
}
