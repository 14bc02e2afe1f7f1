package dev.photofinish.relay.web.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.stream.ChunkedNioFile;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A file, or a part of it, that is sent as fast as its reader takes it, 64 KiB at a time. */
final class FileAnswer {
  private static final int CHUNK = 64 << 10;
  private static final String HANDLER = "file";

  /** One that takes nothing for so long is closed. */
  private static final long STUCK_SECONDS = 30;

  private final FileChannel file;
  private final long size;
  private final Optional<ByteRange> range;
  private final HttpResponse head;

  /**
   * @param asked the Range field
   * @throws RefusedException where there is no such file, or no such part
   */
  FileAnswer(Path path, String contentType, Optional<String> asked) {
    try {
      file = FileChannel.open(path, StandardOpenOption.READ);
    } catch (IOException e) {
      throw RefusedException.notFound("There is no such file any more.");
    }
    try {
      size = file.size();
      range = asked.flatMap(field -> ByteRange.parse(field, size));
    } catch (IOException | RuntimeException e) {
      close();
      throw e instanceof RefusedException refused ? refused : new IllegalStateException(e);
    }
    head =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1,
            range.isPresent() ? HttpResponseStatus.PARTIAL_CONTENT : HttpResponseStatus.OK);
    HttpHeaders headers = head.headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
    headers.set(HttpHeaderNames.ACCEPT_RANGES, HttpHeaderValues.BYTES);
    headers.set(HttpHeaderNames.CONTENT_LENGTH, part().length());
    range.ifPresent(
        one -> {
          long last = one.from() + one.length() - 1;
          headers.set(
              HttpHeaderNames.CONTENT_RANGE, "bytes " + one.from() + "-" + last + "/" + size);
        });
  }

  private ByteRange part() {
    return range.orElse(new ByteRange(0, size));
  }

  /** Lets go of the file. */
  void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpHeaders headers() {
    return head.headers();
  }

  /** Sends it, on the event loop; {@code sent} is called at its end. */
  void send(ChannelHandlerContext context, boolean withBody, Runnable sent) {
    if (!withBody || part().length() == 0) {
      close();
      var unused = context.writeAndFlush(head);
      var end = context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
      end.addListener(done -> sent.run());
      return;
    }
    context.pipeline().addBefore(context.name(), HANDLER, new ChunkedWriteHandler());
    var unused = context.write(head);
    ChannelProgressivePromise promise = context.newProgressivePromise();
    Progress progress = new Progress(context);
    promise.addListener(progress);
    promise.addListener(
        done -> {
          if (done.isSuccess()) {
            context.pipeline().remove(HANDLER);
            sent.run();
          } else {
            var unusedClose = context.close();
          }
        });
    try {
      ChunkedNioFile chunks = new ChunkedNioFile(file, part().from(), part().length(), CHUNK);
      var unusedBody = context.writeAndFlush(new HttpChunkedInput(chunks), promise);
    } catch (IOException e) {
      var unusedFailure = promise.setFailure(e);
    }
  }

  /** Closes a connection on which nothing more of the file goes out. */
  private static final class Progress implements ChannelProgressiveFutureListener {
    private final ChannelHandlerContext context;
    private final Future<?> timer;
    private boolean moved = true;

    Progress(ChannelHandlerContext context) {
      this.context = context;
      this.timer =
          context
              .executor()
              .scheduleAtFixedRate(this::look, STUCK_SECONDS, STUCK_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
      if (!moved) {
        var unused = context.close();
      }
      moved = false;
    }

    @Override
    public void operationProgressed(ChannelProgressiveFuture future, long progress, long total) {
      moved = true;
    }

    @Override
    public void operationComplete(ChannelProgressiveFuture future) {
      timer.cancel(false);
    }
  }
}
