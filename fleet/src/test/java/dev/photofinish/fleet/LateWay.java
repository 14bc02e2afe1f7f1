package dev.photofinish.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/**
 * A way to a camera that is late: bytes and the end of a connection arrive after a delay, a new
 * connection at once. So the camera may see the next client before the end of the last one.
 */
final class LateWay implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final int camera;
  private final long delay;

  /** Bytes on their way; none for the end. */
  private record Chunk(ByteBuffer bytes, long due) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.signum(due - ((Chunk) other).due);
    }
  }

  /**
   * @param camera port of the camera, on this host
   * @param millis of each direction
   */
  LateWay(int camera, long millis) throws IOException {
    this.camera = camera;
    this.delay = TimeUnit.MILLISECONDS.toNanos(millis);
    start(this::accept);
  }

  String url() {
    return "rtsp://127.0.0.1:" + listener.getLocalPort() + "/stream";
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "late-way");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listener.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), camera);
        forward(near, far);
        forward(far, near);
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void forward(Socket from, Socket to) {
    DelayQueue<Chunk> way = new DelayQueue<>();
    start(() -> read(from, way));
    start(() -> write(to, way));
  }

  private void read(Socket from, DelayQueue<Chunk> way) {
    try {
      InputStream in = from.getInputStream();
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        way.put(new Chunk(ByteBuffer.wrap(Arrays.copyOf(buffer, n)), System.nanoTime() + delay));
      }
    } catch (IOException e) {
      // A reset is an end.
    }
    way.put(new Chunk(ByteBuffer.allocate(0), System.nanoTime() + delay));
  }

  private static void write(Socket to, DelayQueue<Chunk> way) {
    try (to) {
      OutputStream out = to.getOutputStream();
      for (Chunk next = way.take(); next.bytes().hasRemaining(); next = way.take()) {
        out.write(next.bytes().array());
      }
    } catch (IOException | InterruptedException e) {
      // The other one went.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
