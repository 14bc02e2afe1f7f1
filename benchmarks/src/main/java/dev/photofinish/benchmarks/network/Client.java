package dev.photofinish.benchmarks.network;

import java.io.IOException;

/** A client that connects to the first that it can of a host's addresses. */
interface Client extends AutoCloseable {
  /** The longest time of any exchange. */
  int LIMIT_MILLIS = 12_000;

  /** For one address, where a client has such a thing: OkHttp's default. */
  int CONNECT_MILLIS = 10_000;

  /**
   * One request over a new connection, until its response has come.
   *
   * @throws Exception whatever the client throws when it cannot
   */
  void exchange() throws Exception;

  @Override
  void close() throws IOException;
}
