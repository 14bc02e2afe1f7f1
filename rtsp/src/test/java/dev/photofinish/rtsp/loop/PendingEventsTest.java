package dev.photofinish.rtsp.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One event at a time, in the order they came. */
class PendingEventsTest {
  private final PendingEvents pending = new PendingEvents();
  private final List<String> done = new ArrayList<>();

  @Test
  void whatArrivesMeanwhileWaitsInOrder() {
    pending.run(
        () -> {
          pending.run(() -> nested("second"));
          pending.run(() -> done.add("third"));
          done.add("first");
        });
    assertThat(done).containsExactly("first", "second", "third", "after second");
  }

  private void nested(String name) {
    done.add(name);
    pending.run(() -> done.add("after " + name));
  }

  @Test
  void anEventWithoutAnObjectHoldsTheOthersBackToo() {
    assertThat(pending.enter()).isTrue();
    assertThat(pending.enter()).isFalse();
    pending.run(() -> done.add("waited"));
    assertThat(done).isEmpty();
    pending.exit();
    assertThat(done).containsExactly("waited");
    assertThat(pending.enter()).isTrue();
  }

  @Test
  void anEventThatFailsHoldsNothingUp() {
    assertThatThrownBy(
            () ->
                pending.run(
                    () -> {
                      pending.run(() -> done.add("next"));
                      throw new IllegalStateException("test");
                    }))
        .hasMessage("test");
    pending.run(() -> done.add("last"));
    assertThat(done).containsExactly("next", "last");
  }
}
