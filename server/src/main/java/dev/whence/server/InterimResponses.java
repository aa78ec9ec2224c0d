package dev.whence.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Drops interim responses (1xx) before Vert.x sees them: of these it knows only 100 and 103, and
 * takes any other for the final response.
 *
 * <p>Thread: the connection's event loop.
 */
final class InterimResponses extends ChannelInboundHandlerAdapter {

  private boolean dropping;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse response
        && response.decoderResult().isSuccess()
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      dropping = !(message instanceof LastHttpContent);
      ReferenceCountUtil.release(message);
    } else if (dropping) {
      dropping = !(message instanceof LastHttpContent);
      ReferenceCountUtil.release(message);
    } else {
      context.fireChannelRead(message);
    }
  }
}
