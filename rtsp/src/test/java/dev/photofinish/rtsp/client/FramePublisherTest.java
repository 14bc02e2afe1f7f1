package dev.photofinish.rtsp.client;

import static dev.photofinish.rtsp.client.FrameScript.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.rtp.format.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subscribers, and the rules of Reactive Streams 1.0.4 that a publisher has to follow. */
class FramePublisherTest {
  private final FrameScript camera = new FrameScript();

  @AfterEach
  void nothingIsHeld() {
    camera.end();
    assertThat(camera.held()).as("bytes that were not released").isZero();
  }

  private Subscriber subscribe(long demand, int capacity) {
    Subscriber subscriber = new Subscriber(demand);
    publisher(capacity).subscribe(subscriber);
    return subscriber;
  }

  private FramePublisher publisher(int capacity) {
    return new FramePublisher(camera.stream, FrameOptions.defaults().withCapacity(capacity));
  }

  /** Writes down its signals; frames as {@code K}, {@code V} and {@code A}. */
  private static final class Subscriber implements Flow.Subscriber<Frame> {
    private final long demand;
    private final List<String> signals = new ArrayList<>();
    private @Nullable FrameSubscription subscription;
    private Consumer<FrameSubscription> onFrame = s -> {};
    private boolean busy;

    Subscriber(long demand) {
      this.demand = demand;
    }

    FrameSubscription subscription() {
      return Objects.requireNonNull(subscription);
    }

    @Override
    public void onSubscribe(Subscription given) {
      signals.add("subscribed");
      subscription = (FrameSubscription) given;
      if (demand > 0) {
        given.request(demand);
      }
      busy = false;
    }

    @Override
    public void onNext(Frame frame) {
      assertThat(busy).as("rule 3.3: one signal within another").isFalse();
      busy = true;
      signals.add(
          (frame.isDiscontinuity() ? "~" : "")
              + (frame.track() == VIDEO ? (frame.isKeyFrame() ? "K" : "V") : "A"));
      onFrame.accept(subscription());
      busy = false;
    }

    @Override
    public void onError(Throwable failure) {
      signals.add(failure.getClass().getSimpleName());
    }

    @Override
    public void onComplete() {
      signals.add("complete");
    }
  }

  @Test
  void framesComeAsTheyAreRequested() {
    Subscriber subscriber = subscribe(2, 8);
    camera.delta();
    camera.key();
    camera.delta();
    camera.delta();
    assertThat(subscriber.signals).containsExactly("subscribed", "K", "V");
    subscriber.subscription().request(1);
    subscriber.subscription().request(1);
    assertThat(subscriber.signals).containsExactly("subscribed", "K", "V", "V");
    camera.audio();
    assertThat(subscriber.signals).containsExactly("subscribed", "K", "V", "V", "A");
    assertThat(subscriber.subscription().dropped()).isZero();
  }

  @Test
  void withoutDemandFramesAreDroppedToTheNextKeyFrame() {
    Subscriber subscriber = subscribe(0, 2);
    camera.key();
    camera.delta();
    camera.delta();
    camera.delta();
    subscriber.subscription().request(100);
    camera.delta();
    camera.key();
    camera.delta();
    assertThat(subscriber.signals).containsExactly("subscribed", "K", "V", "~K", "V");
    assertThat(subscriber.subscription().dropped()).isEqualTo(3);
  }

  /** Their bytes are on the heap: they may be kept, or forgotten. */
  @Test
  void framesAreCopies() {
    subscribe(0, 8);
    camera.key();
    camera.audio();
    assertThat(camera.held()).isZero();
  }

  @Test
  void severalSubscribersEachGetTheirOwn() {
    Subscriber first = subscribe(Long.MAX_VALUE, 8);
    camera.key();
    Subscriber second = subscribe(Long.MAX_VALUE, 8);
    camera.delta();
    camera.key();
    assertThat(first.signals).containsExactly("subscribed", "K", "V", "K");
    assertThat(second.signals).containsExactly("subscribed", "K");
  }

  /** Rules 3.3 and 1.3: one frame is over before the next is signalled. */
  @Test
  void aSubscriberMayRequestInOnNext() {
    Subscriber subscriber = subscribe(0, 2000);
    subscriber.onFrame = s -> s.request(1);
    for (int i = 0; i < 1000; i++) {
      camera.audio();
    }
    subscriber.subscription().request(1);
    assertThat(subscriber.signals).hasSize(1001);
  }

  /** Rules 1.8, 3.6 and 3.7: a cancelled subscription is silent, and may be cancelled again. */
  @Test
  void aCancelledSubscriberGetsNothingMore() {
    Subscriber subscriber = subscribe(10, 8);
    subscriber.onFrame =
        s -> {
          s.cancel();
          s.cancel();
          s.request(5);
        };
    camera.key();
    camera.delta();
    camera.end();
    assertThat(subscriber.signals).containsExactly("subscribed", "K");
    assertThat(camera.stream.areTaken()).isFalse();
  }

  @Test
  void aSubscriberMayCancelInOnSubscribe() {
    List<String> signals = new ArrayList<>();
    publisher(8)
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Subscription subscription) {
                subscription.cancel();
              }

              @Override
              public void onNext(Frame frame) {
                signals.add("frame");
              }

              @Override
              public void onError(Throwable failure) {
                signals.add("error");
              }

              @Override
              public void onComplete() {
                signals.add("complete");
              }
            });
    assertThat(camera.stream.areTaken()).isFalse();
    camera.end();
    assertThat(signals).isEmpty();
  }

  /** Rule 2.13: the subscription counts as cancelled; others go on. */
  @Test
  void aSubscriberThatThrowsIsCancelled() {
    Subscriber broken = subscribe(10, 8);
    broken.onFrame =
        s -> {
          throw new IllegalStateException("thrown on purpose");
        };
    Subscriber other = subscribe(10, 8);
    camera.key();
    camera.delta();
    camera.end();
    assertThat(broken.signals).containsExactly("subscribed", "K");
    assertThat(other.signals).containsExactly("subscribed", "K", "V", "complete");
  }

  /** Rule 3.9. */
  @Test
  void aRequestOfNothingIsAnError() {
    for (long wrong : new long[] {0, -1}) {
      Subscriber subscriber = subscribe(wrong == 0 ? 5 : 0, 8);
      camera.audio();
      subscriber.subscription().request(wrong);
      camera.audio();
      assertThat(subscriber.signals).endsWith("IllegalArgumentException");
    }
    assertThat(camera.stream.areTaken()).isFalse();
  }

  /** Rule 1.9. */
  @Test
  @SuppressWarnings("NullAway") // it is what must not be
  void withoutASubscriberSubscribeThrows() {
    FramePublisher publisher = publisher(8);
    assertThatThrownBy(() -> publisher.subscribe(null)).isInstanceOf(NullPointerException.class);
  }

  /** Rule 3.17: demand adds up to no end. */
  @Test
  void demandIsBoundedByNothing() {
    Subscriber subscriber = subscribe(Long.MAX_VALUE, 8);
    subscriber.subscription().request(Long.MAX_VALUE);
    for (int i = 0; i < 20; i++) {
      camera.audio();
    }
    assertThat(subscriber.signals).hasSize(21);
  }

  // ---- The end

  @Test
  void theEndComesAfterWhatWaits() {
    Subscriber subscriber = subscribe(1, 8);
    camera.key();
    camera.delta();
    camera.end();
    assertThat(subscriber.signals).containsExactly("subscribed", "K");
    subscriber.subscription().request(1);
    subscriber.subscription().request(1);
    assertThat(subscriber.signals).containsExactly("subscribed", "K", "V", "complete");
  }

  @Test
  void aStreamThatGaveUpIsAnError() {
    Subscriber subscriber = subscribe(0, 8);
    camera.stream.over("rtsp://camera/: 401 for the second time");
    assertThat(subscriber.signals).containsExactly("subscribed", "CameraFailedException");
  }

  /** Rule 1.9: onSubscribe comes first all the same. */
  @Test
  void whoComesAfterTheEndIsCompletedAtOnce() {
    camera.end();
    assertThat(subscribe(1, 8).signals).containsExactly("subscribed", "complete");
  }
}
