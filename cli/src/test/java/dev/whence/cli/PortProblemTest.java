package dev.whence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortProblemTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Address already in use"
            + "|port 80 on 127.0.0.1 is in use; stop what uses it, or choose another with --port"
            + " (0: any free one)",
        "Permission denied"
            + "|port 80 needs more rights than whence has; choose one from 1024 on with --port",
        "Cannot assign requested address"
            + "|'127.0.0.1' is no address of this machine; choose another with --host, for"
            + " example 127.0.0.1",
      })
  void saysWhatToDo(String cause, String message) {
    IOException failure = new IOException("Port 80", new BindException(cause));
    assertThat(PortProblem.of(failure, "127.0.0.1", 80, "--port")).hasMessage(message);
  }

  @Test
  void otherwiseSaysWhatIsKnown() {
    assertThat(PortProblem.of(new IOException("too many files"), "::1", 80, "--admin-port"))
        .hasMessage("port 80 on ::1 cannot be opened: too many files");
  }
}
