package dev.photofinish.socket;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finds the addresses of names. */
@FunctionalInterface
interface Resolver {
  /** Returns at once; completes with an {@link java.net.UnknownHostException} for no address. */
  CompletableFuture<List<InetAddress>> ask(String host);
}
