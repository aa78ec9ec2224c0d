package dev.whence.runtime;

/**
 * Moves a request's body from host to host into a subrequest, without any JavaScript.
 *
 * <p>Thread: any; one step at a time.
 */
final class Upload implements BodySource.Receiver {
  private final BodySource source;
  private final Transport.Exchange exchange;

  private Upload(BodySource source, Transport.Exchange exchange) {
    this.source = source;
    this.exchange = exchange;
  }

  static void start(BodySource source, Transport.Exchange exchange) {
    source.pull(new Upload(source, exchange));
  }

  @Override
  public void chunk(byte[] bytes) {
    exchange.write(bytes, () -> source.pull(this));
  }

  @Override
  public void end() {
    exchange.endBody();
  }

  @Override
  public void failed(String message) {
    exchange.cancel();
  }
}
