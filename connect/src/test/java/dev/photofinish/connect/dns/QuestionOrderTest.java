package dev.photofinish.connect.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.connect.channel.LocalAddresses;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.address.Family;
import io.netty.channel.EventLoop;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalIoHandler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 8305 section 3: "with the AAAA query made first and immediately followed by the A query". */
class QuestionOrderTest {
  private final List<String> asked = new ArrayList<>();

  /** Records questions and answers none of them. */
  private final Resolver names =
      new Resolver() {
        @Override
        public void ask(String host, Family family, EventLoop loop, Answer answer) {
          asked.add(host + " " + family);
        }

        @Override
        public void close() {}
      };

  @Test
  void aaaaIsAskedBeforeA() {
    EventLoop loop = new ManualIoEventLoop(Thread.currentThread(), LocalIoHandler.newFactory());
    LocalAddresses system = new LocalAddresses(false, List.of(), List.of());
    Target target = Target.of(new Endpoint("one.example", 554), new Endpoint("two.example", 554));

    new Resolution(target, null, system, loop, names).start((i, family, found, detail) -> {});

    assertThat(asked)
        .containsExactly(
            "one.example IPV6", "one.example IPV4", "two.example IPV6", "two.example IPV4");
  }
}
