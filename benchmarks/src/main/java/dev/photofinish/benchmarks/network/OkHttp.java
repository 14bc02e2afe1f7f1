package dev.photofinish.benchmarks.network;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp as it is by default: {@code fastFallback}, a connect timeout of 10 s. */
record OkHttp(OkHttpClient client, Request request) implements Client {

  static OkHttp of(Host host) {
    return new OkHttp(
        new OkHttpClient.Builder()
            .dns(name -> host.addresses())
            .callTimeout(Duration.ofMillis(LIMIT_MILLIS))
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .build(),
        new Request.Builder().url("http://" + host.name() + ":" + host.port() + "/").build());
  }

  @Override
  public void exchange() throws IOException {
    try (Response response = client.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw new IOException("status " + response.code());
      }
    }
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
