package dev.photofinish.cli.gst;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the host process: does what its messages ask for, and ends all elements with
 * it. A message that breaks a rule ends it.
 */
final class HostConnection extends SimpleChannelInboundHandler<HostMessage> {
  private static final Logger LOG = LoggerFactory.getLogger(HostConnection.class);

  /** More than a process has pipelines for. */
  private static final int MOST_ELEMENTS = 1024;

  private final SourceProcess process;
  private final HostWriter writer;
  private final Map<Integer, ElementStream> elements = new HashMap<>();
  private boolean greeted;

  HostConnection(SourceProcess process, HostWriter writer) {
    this.process = process;
    this.writer = writer;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HostMessage message)
      throws MalformedMessageException {
    if (greeted == message instanceof HostMessage.Hello) {
      throw new MalformedMessageException(greeted ? "a second hello" : "no hello first");
    }
    if (message instanceof HostMessage.Hello hello) {
      hello(context, hello);
    } else if (message instanceof HostMessage.Open open) {
      open(open);
    } else if (message instanceof HostMessage.Close close) {
      close(context, close.element());
    } else if (message instanceof HostMessage.GetStats get) {
      ElementStream stream = elements.get(get.element());
      if (stream != null) {
        stream.statistics(get.number());
      }
    } else if (message instanceof HostMessage.KeyFrame wanted) {
      ElementStream stream = elements.get(wanted.element());
      if (stream != null) {
        stream.requestKeyFrame();
      }
    } else if (message instanceof HostMessage.Parameter asked) {
      ElementStream stream = elements.get(asked.element());
      if (stream != null) {
        stream.parameter(asked.number(), asked.request());
      }
    } else if (message instanceof HostMessage.Talk talk) {
      ElementStream stream = elements.get(talk.element());
      if (stream != null) {
        stream.talk(talk.packet());
      }
    } else if (message instanceof HostMessage.CertificateAnswer answer) {
      ElementStream stream = elements.get(answer.element());
      if (stream != null) {
        stream.certificates.answered(answer.number(), answer.accepted());
      }
    } else {
      LOG.debug("nothing is done about {}", message);
    }
  }

  private void hello(ChannelHandlerContext context, HostMessage.Hello hello) {
    greeted = true;
    LOG.info("the host has plugin {}", hello.plugin());
    int version = Math.min(hello.version(), Wire.VERSION);
    writer.message(Wire.hello(context.alloc(), version, process.version()));
  }

  private void open(HostMessage.Open open) throws MalformedMessageException {
    if (open.element() == Wire.PROCESS || elements.containsKey(open.element())) {
      throw new MalformedMessageException("an open of element " + open.element() + ", again");
    }
    if (elements.size() == MOST_ELEMENTS) {
      throw new MalformedMessageException("more than " + MOST_ELEMENTS + " elements");
    }
    ElementStream stream = new ElementStream(open.element(), process, writer);
    elements.put(open.element(), stream);
    stream.open(open.request());
  }

  /** One that is not known was closed before. */
  private void close(ChannelHandlerContext context, int element) {
    ElementStream stream = elements.remove(element);
    if (stream != null) {
      stream.close();
    } else {
      writer.message(Wire.empty(context.alloc(), Wire.CLOSED, element));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    elements.values().forEach(ElementStream::stop);
    elements.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Throwable reason = cause instanceof DecoderException ? cause.getCause() : cause;
    if (reason instanceof MalformedMessageException) {
      LOG.warn("the host sent {}: the connection ends", reason.getMessage());
      process.malformed();
    } else {
      LOG.debug("the connection to the host ends", cause);
    }
    var unused = context.close();
  }
}
