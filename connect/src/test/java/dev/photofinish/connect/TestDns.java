package dev.photofinish.connect;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server on loopback that answers each question as it is told; others get NXDOMAIN. */
@SuppressWarnings("FutureReturnValueIgnored") // an answer that cannot be sent is a lost one
final class TestDns implements AutoCloseable {
  /** The answer to one question. */
  record Answer(
      DnsResponseCode code,
      List<String> addresses,
      int ttl,
      long delayMillis,
      int lost,
      int copies) {
    static Answer of(String... addresses) {
      return new Answer(DnsResponseCode.NOERROR, List.of(addresses), 60, 0, 0, 1);
    }

    static Answer error(DnsResponseCode code) {
      return new Answer(code, List.of(), 60, 0, 0, 1);
    }

    static Answer never() {
      return new Answer(DnsResponseCode.NOERROR, List.of(), 60, 0, Integer.MAX_VALUE, 1);
    }

    Answer after(long millis) {
      return new Answer(code, addresses, ttl, millis, lost, copies);
    }

    Answer losing(int first) {
      return new Answer(code, addresses, ttl, delayMillis, first, copies);
    }

    Answer times(int count) {
      return new Answer(code, addresses, ttl, delayMillis, lost, count);
    }

    Answer ttl(int seconds) {
      return new Answer(code, addresses, seconds, delayMillis, lost, copies);
    }
  }

  private static final int MOST_REMEMBERED = 1000;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, Integer> times = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final Channel channel;

  TestDns() {
    channel =
        new Bootstrap()
            .group(group)
            .channel(NioDatagramChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel created) {
                    created
                        .pipeline()
                        .addLast(
                            new DatagramDnsQueryDecoder(),
                            new DatagramDnsResponseEncoder(),
                            new Server());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  TestDns aaaa(String name, Answer answer) {
    answers.put(name + ". AAAA", answer);
    return this;
  }

  TestDns a(String name, Answer answer) {
    answers.put(name + ". A", answer);
    return this;
  }

  /** Every question heard, such as {@code camera.example. AAAA}. */
  List<String> asked() {
    return asked;
  }

  /** How many answers were sent. */
  int answered() {
    return answered.get();
  }

  @Override
  public void close() {
    group.shutdownGracefully(10, 5_000, TimeUnit.MILLISECONDS).syncUninterruptibly();
  }

  private final class Server extends SimpleChannelInboundHandler<DatagramDnsQuery> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query) {
      DnsQuestion question = query.recordAt(DnsSection.QUESTION);
      String key = question.name() + " " + question.type().name();
      if (asked.size() < MOST_REMEMBERED) {
        asked.add(key);
      }
      int earlier = times.merge(key, 1, Integer::sum) - 1;
      Answer answer = answers.getOrDefault(key, Answer.error(DnsResponseCode.NXDOMAIN));
      if (earlier >= answer.lost()) {
        for (int i = 0; i < answer.copies(); i++) {
          InetSocketAddress to = query.sender();
          int id = query.id();
          ctx.executor()
              .schedule(
                  () -> {
                    ctx.writeAndFlush(response(to, id, question.name(), question.type(), answer));
                    answered.incrementAndGet();
                  },
                  answer.delayMillis(),
                  TimeUnit.MILLISECONDS);
        }
      }
    }

    private DatagramDnsResponse response(
        InetSocketAddress to, int id, String name, DnsRecordType type, Answer answer) {
      DatagramDnsResponse response = new DatagramDnsResponse(address(), to, id);
      response.setCode(answer.code()).setRecursionAvailable(true);
      response.addRecord(DnsSection.QUESTION, new DefaultDnsQuestion(name, type));
      for (byte[] address : bytes(answer.addresses())) {
        response.addRecord(
            DnsSection.ANSWER,
            new DefaultDnsRawRecord(
                name,
                address.length == 4 ? DnsRecordType.A : DnsRecordType.AAAA,
                answer.ttl(),
                Unpooled.wrappedBuffer(address)));
      }
      return response;
    }

    private static List<byte[]> bytes(List<String> addresses) {
      List<byte[]> all = new ArrayList<>();
      for (String address : addresses) {
        try {
          all.add(InetAddress.getByName(address).getAddress());
        } catch (UnknownHostException e) {
          throw new IllegalArgumentException(e);
        }
      }
      return all;
    }
  }
}
