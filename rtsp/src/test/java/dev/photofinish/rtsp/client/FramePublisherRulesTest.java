package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtp.format.Frame;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;

/**
 * The rules for publishers of Reactive Streams 1.0.4, as its own verification kit tests them. The
 * kit is written for TestNG: here each of its tests is one of JUnit.
 */
class FramePublisherRulesTest {
  /** Frames that wait at most: tests that need more are skipped. */
  private static final int MOST_FRAMES = 2_000;

  private static final int TIMEOUT_MILLIS = 20_000;

  /** Nothing is signalled later than its cause, so that no long time has to be waited for it. */
  private static final int NO_SIGNALS_MILLIS = 5;

  private static final String UNTESTED = "untested_";

  /**
   * All subscribers get the same, but only from their subscription on; and a stream has no 2^31
   * frames.
   */
  private static final Set<String> SKIPPED =
      Set.of(
          "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfront",
          "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfrontAndCompleteAsExpected",
          "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingOneByOne",
          "required_spec317_mustNotSignalOnErrorWhenPendingAboveLongMaxValue");

  @TestFactory
  Stream<DynamicTest> rules() {
    return Arrays.stream(Rules.class.getMethods())
        .filter(method -> method.isAnnotationPresent(org.testng.annotations.Test.class))
        .filter(method -> !method.getName().startsWith(UNTESTED))
        .sorted(Comparator.comparing(Method::getName))
        .map(method -> DynamicTest.dynamicTest(method.getName(), () -> verify(method)));
  }

  private static void verify(Method rule) throws Throwable {
    Rules rules = new Rules();
    rules.setUp();
    boolean skipped = false;
    try {
      rule.invoke(rules);
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof SkipException)) {
        throw e.getCause();
      }
      skipped = true;
    }
    assertThat(skipped).as("whether it is skipped").isEqualTo(SKIPPED.contains(rule.getName()));
  }

  /** Public: its methods are called by reflection. */
  public static final class Rules extends FlowPublisherVerification<Frame> {
    public Rules() {
      super(new TestEnvironment(TIMEOUT_MILLIS, NO_SIGNALS_MILLIS, NO_SIGNALS_MILLIS));
    }

    @Override
    public long maxElementsFromPublisher() {
      return MOST_FRAMES;
    }

    /** A camera that sends so many key frames to its subscribers, and ends. */
    @Override
    public Flow.Publisher<Frame> createFlowPublisher(long elements) {
      FrameScript camera = new FrameScript();
      Flow.Publisher<Frame> frames = publisher(camera);
      return subscriber -> {
        frames.subscribe(subscriber);
        for (long i = 0; i < elements && camera.stream.areTaken(); i++) {
          camera.key();
        }
        camera.end();
      };
    }

    @Override
    public Flow.Publisher<Frame> createFailedFlowPublisher() {
      FrameScript camera = new FrameScript();
      camera.stream.over("rtsp://camera/: 401 for the second time");
      return publisher(camera);
    }

    private static Flow.Publisher<Frame> publisher(FrameScript camera) {
      return new FramePublisher(
          camera.stream, FrameOptions.defaults().withCapacity(MOST_FRAMES + 1));
    }
  }
}
