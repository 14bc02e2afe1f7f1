package dev.photofinish.connect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.string.StringDecoder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/recipes.md is this code, and it runs; the first address of the name is dead. */
@Timeout(120)
class RecipesTest {
  private static final Path SOURCE =
      Path.of("src/test/java/dev/photofinish/connect/RecipesTest.java");

  private static final RaceOptions OPTIONS =
      RaceOptions.builder()
          .connectionRacing(Strategy.FIRST_WINS)
          .racingDelay(Duration.ofMillis(100))
          .racingTimeout(Duration.ofSeconds(20))
          .build();

  @TempDir private Path folder;
  private final Peers peers = new Peers();
  private BlackHole hole;
  private Connector connector;
  private int port;

  @BeforeEach
  void open() throws Exception {
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, "::1 server.example\n127.0.0.1 server.example\n");
    connector = Connectors.builder().hostsFile(hosts).build();
    hole = new BlackHole("::1");
    port = hole.endpoint().port();
    peers.start("127.0.0.1", port, new HttpPeer());
  }

  @AfterEach
  void close() {
    hole.close();
    connector.close();
    peers.close();
  }

  /** Answers every request with its Host header. */
  private static final class HttpPeer extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      channel
          .pipeline()
          .addLast(
              new StringDecoder(US_ASCII),
              new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object request) {
                  String host = request.toString().replaceFirst("(?is).*\nhost: ", "");
                  String body = host.substring(0, host.indexOf('\r'));
                  String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length();
                  byte[] answer = (head + "\r\n\r\n" + body).getBytes(US_ASCII);
                  var unused = ctx.writeAndFlush(ctx.alloc().buffer().writeBytes(answer));
                }
              });
    }
  }

  @Test
  void netty() throws Exception {
    try (Loops loops = Io.NIO.open()) {
      Bootstrap bootstrap =
          new Bootstrap()
              .group(loops.group())
              .channel(NioSocketChannel.class)
              .handler(new StringDecoder());
      String host = "server.example";
      // netty
      Channel channel = connector.connect(bootstrap, host, port).sync().channel();
      // end
      assertThat(channel.isActive()).isTrue();
      channel.close().sync();
    }
  }

  @Test
  void reactorNetty() {
    // reactor
    reactor.netty.http.client.HttpClient client =
        reactor.netty.http.client.HttpClient.create()
            .resolver(new RacingResolverGroup(connector, OPTIONS));
    String answer =
        client
            .get()
            .uri("http://server.example:" + port + "/")
            .responseContent()
            .aggregate()
            .asString()
            .block();
    // end
    assertThat(answer).isEqualTo("server.example:" + port);
  }

  @Test
  void vertx() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      HttpClient client = vertx.createHttpClient();
      // vertx
      Target target = Target.of(new Endpoint("server.example", port));
      Future<Buffer> answer =
          Future.fromCompletionStage(connector.connect(target, OPTIONS))
              .compose(
                  won -> {
                    won.close();
                    RequestOptions request =
                        new RequestOptions()
                            .setServer(
                                SocketAddress.inetSocketAddress(
                                    Objects.requireNonNull(won.report().winner())
                                        .candidate()
                                        .remote()))
                            .setHost("server.example")
                            .setPort(port);
                    return client.request(request);
                  })
              .compose(HttpClientRequest::send)
              .compose(HttpClientResponse::body);
      // end
      assertThat(answer.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS))
          .hasToString("server.example:" + port);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "reactor", "vertx"})
  void isWhatTheRecipesShow(String name) throws Exception {
    String source = Files.readString(SOURCE);
    int start = source.indexOf("// " + name + "\n");
    int begin = source.indexOf('\n', start) + 1;
    int end = source.lastIndexOf('\n', source.indexOf("// end\n", begin)) + 1;
    String recipe = source.substring(begin, end).stripTrailing().stripIndent();
    assertThat(Files.readString(Path.of("../docs/recipes.md"))).contains(recipe);
  }
}
