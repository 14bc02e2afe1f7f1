package dev.photofinish.socket;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;

/**
 * The channel that won, in blocking mode, and its streams. They say what {@link java.net.Socket}
 * says where a channel has exceptions of its own.
 *
 * @param early what the peer sent before the race was decided: it is read first
 */
record WonChannel(SocketChannel channel, ByteArrayInputStream early) {
  InputStream input() throws IOException {
    return new Input(channel.socket().getInputStream(), early);
  }

  OutputStream output() throws IOException {
    return new Output(channel.socket().getOutputStream());
  }

  private static SocketException closed(ClosedChannelException thrown) {
    String how = thrown instanceof ClosedByInterruptException ? "Closed by interrupt" : null;
    SocketException closed = new SocketException(how == null ? "Socket closed" : how);
    closed.initCause(thrown);
    return closed;
  }

  private static final class Input extends InputStream {
    private final InputStream in;
    private final ByteArrayInputStream early;

    Input(InputStream in, ByteArrayInputStream early) {
      this.in = in;
      this.early = early;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (early.available() > 0) {
        return early.read(bytes, offset, length);
      }
      try {
        return in.read(bytes, offset, length);
      } catch (ClosedChannelException e) {
        throw closed(e);
      }
    }

    @Override
    public int available() throws IOException {
      try {
        return early.available() + in.available();
      } catch (ClosedChannelException e) {
        throw closed(e);
      }
    }
  }

  private static final class Output extends OutputStream {
    private final OutputStream out;

    Output(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (ClosedChannelException e) {
        throw closed(e);
      }
    }
  }
}
