package dev.photofinish.socket;

import dev.photofinish.race.limiter.SharedDialLimiter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A program of the tests: races on virtual threads, all of them in the midst at one time. */
final class VirtualRaces {
  private VirtualRaces() {}

  /**
   * Races into a black hole until every race is on, then closes all of them.
   *
   * @param arguments the black hole's address and port, and how many races
   */
  public static void main(String... arguments) throws Exception {
    InetSocketAddress silent = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
    int races = Integer.parseInt(arguments[2]);
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    List<Socket> sockets = new ArrayList<>();
    List<Future<?>> all = new ArrayList<>();
    ExecutorService threads = virtualThreads();
    RacingSocketFactory racing = new RacingSocketFactory().limiter(SharedDialLimiter.unlimited());
    for (int i = 0; i < races; i++) {
      Socket socket = racing.createSocket();
      sockets.add(socket);
      all.add(threads.submit(() -> race(socket, silent, begun, ended)));
    }
    Threads.eventually("every race is on, of " + races, () -> begun.get() == races);
    System.out.println("on: " + begun + ", over: " + ended);
    for (Socket socket : sockets) {
      socket.close();
    }
    for (Future<?> each : all) {
      each.get();
    }
    System.out.println("closed: " + ended);
    threads.shutdown();
  }

  /** Compiled for a JDK that has none. */
  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  private static void race(
      Socket socket, InetSocketAddress silent, AtomicInteger begun, AtomicInteger ended) {
    try {
      begun.incrementAndGet();
      socket.connect(silent, 60_000);
    } catch (SocketException e) {
      ended.incrementAndGet(); // closed, as it is meant to be
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
