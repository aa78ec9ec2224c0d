package dev.whence.cli;

/** The {@code whence} command. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    Console console = Console.ofProcess();
    // Standard output is for trace items; whatever a library says belongs to standard error.
    System.setOut(console.err());
    System.exit(new Whence(console, VertxServing::open, new ProcessSignals()).execute(arguments));
  }
}
