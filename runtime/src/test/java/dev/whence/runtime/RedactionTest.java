package dev.whence.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"cookie", "set-cookie", "authorization", "x-jwt", "api-key", "my-secret", "token"})
  void hidesHeadersThatCarrySecrets(String name) {
    assertThat(Redaction.isSecretHeader(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "accept", "content-type", "user-agent"})
  void showsOtherHeaders(String name) {
    assertThat(Redaction.isSecretHeader(name)).isFalse();
  }

  @Test
  void hidesRunsThatLookLikeHashesOrRandomIdentifiers() {
    assertThat(Redaction.url("http://a.test/x/0123456789abcdef0123456789abcdef?q=1"))
        .isEqualTo("http://a.test/x/REDACTED?q=1");
    assertThat(Redaction.url("http://a.test/?k=ABcd12EFgh34IJkl56MNop"))
        .isEqualTo("http://a.test/?k=REDACTED");
  }

  @Test
  void hidesValidCardNumbersOnly() {
    assertThat(Redaction.url("http://a.test/4111111111111111")).endsWith("/REDACTED");
    assertThat(Redaction.url("http://a.test/4111111111111112")).endsWith("/4111111111111112");
  }

  @Test
  void leavesOrdinaryUrlsAlone() {
    String url = "http://127.0.0.1:8787/products/list-of-all-the-things?page=12&sort=name";

    assertThat(Redaction.url(url)).isEqualTo(url);
  }
}
