package dev.photofinish.benchmarks.network;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One request over a new connection on loopback, of all clients. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ExchangeBenchmark {
  @Param public ClientKind kind = ClientKind.SOCKET;

  private @Nullable Responder server;
  private @Nullable Client client;

  @Setup(Level.Trial)
  public void open() throws IOException {
    Responder started = new Responder(0);
    Thread thread = new Thread(started, "responder");
    thread.setDaemon(true);
    thread.start();
    server = started;
    client =
        kind.make(new Host("localhost", List.of(InetAddress.getLoopbackAddress()), started.port()));
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    if (client != null && server != null) {
      client.close();
      server.close();
    }
  }

  @Benchmark
  public void exchange() throws Exception {
    if (client != null) {
      client.exchange();
    }
  }
}
