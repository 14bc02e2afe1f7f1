package dev.photofinish.benchmarks.network;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;

/** Apache HttpClient's asynchronous client. */
record ApacheAsync(CloseableHttpAsyncClient client, HttpHost target) implements Client {

  static ApacheAsync of(Host host) {
    var connections =
        PoolingAsyncClientConnectionManagerBuilder.create()
            .setDnsResolver(ApacheSettings.resolver(host))
            .setDefaultConnectionConfig(ApacheSettings.CONNECTION)
            .setMaxConnTotal(ApacheSettings.CONNECTIONS)
            .setMaxConnPerRoute(ApacheSettings.CONNECTIONS)
            .build();
    CloseableHttpAsyncClient client =
        HttpAsyncClients.custom()
            .setConnectionManager(connections)
            .disableAutomaticRetries()
            .build();
    client.start();
    return new ApacheAsync(client, new HttpHost(host.name(), host.port()));
  }

  @Override
  public void exchange() throws Exception {
    SimpleHttpResponse response =
        client
            .execute(SimpleRequestBuilder.get("/").setHttpHost(target).build(), null)
            .get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    if (response.getCode() != 200) {
      throw new IOException("status " + response.getCode());
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
