package dev.whence.cli.config;

/**
 * What the user wrote cannot be used. The message is one line that names the file or option and
 * says what to do; the command exits with 2.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(OneLine.of(message));
  }

  public ConfigException(String message, Throwable cause) {
    super(OneLine.of(message), cause);
  }
}
