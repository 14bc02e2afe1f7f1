package dev.photofinish.socket;

import dev.photofinish.race.RaceEvent;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Candidate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One attempt and its channel. Each step gives the event that it led to, null for none. */
final class SocketAttempt {
  /** A peer that sends more than this before the race is decided is not read any further. */
  private static final int MAX_EARLY_BYTES = 8192;

  private final int number;
  private final Candidate candidate;
  private final ByteArrayOutputStream early = new ByteArrayOutputStream(0);

  private @Nullable SocketChannel channel;
  private boolean connected;
  private @Nullable Exception thrown;

  SocketAttempt(int number, Candidate candidate) {
    this.number = number;
    this.candidate = candidate;
  }

  @Nullable RaceEvent start(Selector selector, SocketSettings settings) {
    try {
      SocketChannel opened = SocketChannel.open();
      channel = opened;
      settings.applyTo(opened.socket());
      if (candidate.local() != null || settings.localPort() != 0) {
        opened.bind(new InetSocketAddress(candidate.local(), settings.localPort()));
      }
      opened.configureBlocking(false);
      SelectionKey key = opened.register(selector, SelectionKey.OP_CONNECT, this);
      return opened.connect(candidate.remote()) ? ready(key) : null;
    } catch (IOException | RuntimeException e) {
      return ended(e);
    }
  }

  /** The selector says that there is something to do. */
  @Nullable RaceEvent proceed(SelectionKey selected, SocketChannel selectable) {
    try {
      if (selected.isConnectable()) {
        return selectable.finishConnect() ? ready(selected) : null;
      }
      read(selected, selectable);
      return null;
    } catch (IOException | RuntimeException e) {
      return ended(e);
    }
  }

  /** From now on it is watched for its end, should the race hold it. */
  private RaceEvent ready(SelectionKey selected) {
    connected = true;
    selected.interestOps(SelectionKey.OP_READ);
    return new RaceEvent.Reached(number, Stage.READY);
  }

  private void read(SelectionKey selected, SocketChannel readable) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(MAX_EARLY_BYTES - early.size());
    if (readable.read(buffer) < 0) {
      throw new EOFException("closed by the peer");
    }
    early.write(buffer.array(), 0, buffer.position());
    if (early.size() == MAX_EARLY_BYTES) {
      selected.interestOps(0);
    }
  }

  private RaceEvent ended(Exception e) {
    thrown = e;
    close();
    return new RaceEvent.Ended(
        number, CauseMapper.of(e, candidate.remote(), connected), CauseMapper.detail(e));
  }

  /** At once; without effect when it is closed. */
  void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The descriptor is given back all the same.
    }
  }

  /** The winner, once its selector is closed. */
  WonChannel won() throws IOException {
    SocketChannel winner = Objects.requireNonNull(channel);
    winner.configureBlocking(true);
    return new WonChannel(winner, new ByteArrayInputStream(early.toByteArray()));
  }

  @Nullable Exception thrown() {
    return thrown;
  }
}
