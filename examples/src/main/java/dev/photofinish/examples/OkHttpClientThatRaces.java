package dev.photofinish.examples;

import dev.photofinish.race.report.ReportText;
import dev.photofinish.socket.RacingSocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Gets a page with OkHttp, whose sockets race. {@code fastFallback} is off: OkHttp would hand one
 * address after the other to the factory, which finds all of them itself.
 *
 * <pre>{@code
 * OkHttpClientThatRaces http://server.example/
 * }</pre>
 */
public final class OkHttpClientThatRaces {
  private OkHttpClientThatRaces() {}

  public static void main(String[] args) throws Exception {
    RacingSocketFactory racing =
        new RacingSocketFactory("racing-delay-ms=100")
            .onDecided(report -> System.out.println(ReportText.summary(report)));
    OkHttpClient client =
        new OkHttpClient.Builder().socketFactory(racing).fastFallback(false).build();
    Request request = new Request.Builder().url(args[0]).build();
    try (Response response = client.newCall(request).execute()) {
      System.out.println(response.code() + " " + response.body().string());
    } finally {
      client.connectionPool().evictAll();
      client.dispatcher().executorService().shutdown();
    }
  }
}
