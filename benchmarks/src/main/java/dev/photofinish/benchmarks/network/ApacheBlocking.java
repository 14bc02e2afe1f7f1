package dev.photofinish.benchmarks.network;

import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;

/** Apache HttpClient's blocking client. */
record ApacheBlocking(CloseableHttpClient client, HttpHost target) implements Client {

  static ApacheBlocking of(Host host) {
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(ApacheSettings.resolver(host))
            .setDefaultConnectionConfig(ApacheSettings.CONNECTION)
            .setMaxConnTotal(ApacheSettings.CONNECTIONS)
            .setMaxConnPerRoute(ApacheSettings.CONNECTIONS)
            .build();
    CloseableHttpClient client =
        HttpClients.custom().setConnectionManager(connections).disableAutomaticRetries().build();
    return new ApacheBlocking(client, new HttpHost(host.name(), host.port()));
  }

  @Override
  public void exchange() throws IOException {
    client.execute(
        target,
        new HttpGet("/"),
        response -> {
          if (response.getCode() != 200) {
            throw new IOException("status " + response.getCode());
          }
          return response.getCode();
        });
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
