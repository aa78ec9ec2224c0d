package dev.whence.server;

/**
 * What may stand in header names and values, and which headers belong to a connection and not to
 * the message.
 *
 * <p>Thread: any (stateless).
 */
final class HeaderRules {

  private static final boolean[] TOKEN = new boolean[128];

  static {
    String others = "!#$%&'*+-.^_`|~";
    for (char c = 0; c < 128; c++) {
      TOKEN[c] = Character.isLetterOrDigit(c) || others.indexOf(c) >= 0;
    }
  }

  private HeaderRules() {}

  static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 128 || !TOKEN[c]) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** True for text of bytes (no character above 255) without line ends, NUL and other controls. */
  static boolean isValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c > 255 || (c < ' ' && c != '\t') || c == 127) {
        return false;
      }
    }
    return true;
  }

  static boolean isAscii(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 127) {
        return false;
      }
    }
    return true;
  }

  /** True for text of decimal digits that fits a long. */
  static boolean isLength(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return !value.isEmpty() && value.length() <= 18;
  }

  /** True for headers that speak of one connection; they are never passed on. */
  static boolean isHopByHop(String name) {
    return switch (name.length()) {
      case 2 -> name.equalsIgnoreCase("te");
      case 7 -> name.equalsIgnoreCase("trailer");
      case 10 -> name.equalsIgnoreCase("connection") || name.equalsIgnoreCase("keep-alive");
      case 14 -> name.equalsIgnoreCase("http2-settings");
      case 16 -> name.equalsIgnoreCase("proxy-connection");
      case 17 -> name.equalsIgnoreCase("transfer-encoding");
      default -> false;
    };
  }
}
