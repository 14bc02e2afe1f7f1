package dev.photofinish.socket;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks names up as the platform does, without its caller being kept: the platform's lookup can be
 * neither interrupted nor bounded. It also pins the carrier of a virtual thread, so it gets a
 * platform thread, one a name at a time however many ask; it ends with the answer.
 */
final class PlatformResolver implements Resolver {
  static final Resolver INSTANCE = new PlatformResolver();

  private static final Map<String, CompletableFuture<List<InetAddress>>> ASKED =
      new ConcurrentHashMap<>();

  private PlatformResolver() {}

  @Override
  public CompletableFuture<List<InetAddress>> ask(String host) {
    return ASKED.computeIfAbsent(host, PlatformResolver::lookUp);
  }

  private static CompletableFuture<List<InetAddress>> lookUp(String host) {
    CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
    Thread thread = new Thread(() -> answer(host, answer), "photofinish-name-" + host);
    thread.setDaemon(true);
    thread.start();
    return answer;
  }

  private static void answer(String host, CompletableFuture<List<InetAddress>> answer) {
    try {
      List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
      ASKED.remove(host, answer);
      answer.complete(addresses);
    } catch (Throwable e) { // those who asked wait for an answer, whatever it is
      ASKED.remove(host, answer);
      answer.completeExceptionally(e);
    }
  }
}
