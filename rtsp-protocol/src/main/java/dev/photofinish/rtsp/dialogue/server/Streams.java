package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Answers DESCRIBE, and knows what was described last, which SETUP follows. */
final class Streams {
  private final ServerContext context;
  private final Admission admission;
  private final long number;
  private @Nullable Known known;

  private record Known(String name, ServedStream stream) {}

  /** Takes a stream that was looked up. */
  @FunctionalInterface
  interface Receiver {
    void take(ServedStream stream, long now);
  }

  Streams(ServerContext context, Admission admission) {
    this.context = context;
    this.admission = admission;
    this.number = context.drawNumber();
  }

  /** RFC 2326 section 10.2. A track's URL is answered with the description of its stream. */
  void describe(Exchange exchange, StreamUrl url, long now) {
    admission
        .admit(exchange, url, Purpose.READ, now)
        .ifPresent(
            request ->
                ask(
                    exchange,
                    request,
                    (stream, then) -> described(exchange, url, request, stream, then),
                    UnaryOperator.identity(),
                    now));
  }

  /**
   * A back channel is described to those who require it (ONVIF Streaming Specification section
   * 5.3). One who may not talk gets what a camera without it would say, since players that ask in
   * any case are to show the picture.
   */
  private void described(
      Exchange exchange, StreamUrl url, StreamRequest request, ServedStream stream, long now) {
    boolean asked =
        stream.backChannel().isPresent() && Requirements.backChannel(exchange.request());
    switch (asked ? admission.talk(exchange, request, now).right() : Admission.Right.DENIED) {
      case GRANTED -> answer(exchange, url, stream);
      case DENIED -> answer(exchange, url, stream.withoutBackChannel());
      case LOGIN_NEEDED -> {} // and asked for
    }
  }

  private void answer(Exchange exchange, StreamUrl url, ServedStream stream) {
    boolean ipv6 = url.url().host().indexOf(':') >= 0;
    Headers headers =
        Headers.of(
            HeaderNames.CONTENT_TYPE, "application/sdp", HeaderNames.CONTENT_BASE, url.aggregate());
    String sdp = SessionDescriptionWriter.write(stream, number, ipv6);
    exchange.answer(Status.OK, headers, Body.of(sdp));
  }

  /**
   * What this connection was told of a stream, or what its driver says of it now, where a reader
   * was told no keys.
   */
  void find(Exchange exchange, StreamRequest request, Receiver receiver, long now) {
    if (known != null && known.name().equals(request.name())) {
      receiver.take(known.stream(), now);
    } else {
      ask(exchange, request, receiver, ServedStream::inTheClear, now);
    }
  }

  private void ask(
      Exchange exchange,
      StreamRequest request,
      Receiver receiver,
      UnaryOperator<ServedStream> told,
      long now) {
    var lookup = new Lookup(this, exchange, request.name(), receiver, told);
    context.ask(lookup, ticket -> new ServerCommand.Describe(ticket, request), now);
  }

  /** A stream is over: another of its name is to be described again. */
  void forget(String name) {
    if (known != null && known.name().equals(name)) {
      known = null;
    }
  }

  /**
   * @param told what of a stream the reader knows, once this is answered
   */
  private record Lookup(
      Streams streams,
      Exchange exchange,
      String name,
      Receiver receiver,
      UnaryOperator<ServedStream> told)
      implements Wait.ForStream {
    @Override
    public void described(ServedStream found, long now) {
      ServedStream stream = told.apply(found);
      streams.known = new Known(name, stream);
      receiver.take(stream, now);
    }

    @Override
    public void refused(Refusal refusal, long now) {
      exchange.answer(refusal);
    }
  }
}
