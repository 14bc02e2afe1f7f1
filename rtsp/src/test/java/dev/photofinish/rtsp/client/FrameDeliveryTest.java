package dev.photofinish.rtsp.client;

import static dev.photofinish.rtsp.client.FrameScript.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.rtp.format.Frame;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The frames that each taker gets, packet by packet; after each test nothing is held. */
class FrameDeliveryTest {
  private final FrameScript camera = new FrameScript();

  /** What a reader asked for: to read, or not. */
  private final List<Boolean> reading = new ArrayList<>();

  @AfterEach
  void nothingIsHeld() {
    camera.end();
    assertThat(camera.held()).as("bytes that were not released").isZero();
  }

  /** Takes all frames, as a listener does. */
  private static final class Taker implements FrameSink {
    private final List<String> seen = new ArrayList<>();

    @Override
    public void frame(MediaStream media, Frame frame, boolean waits) {
      seen.add(describe(frame));
    }

    @Override
    public void over(@Nullable String failure) {
      seen.add("over");
    }
  }

  /**
   * {@code V} video, {@code A} audio, {@code K} key, {@code !} damaged, {@code ~} discontinuity.
   */
  private static String describe(Frame frame) {
    return (frame.isDiscontinuity() ? "~" : "")
        + (frame.track() == VIDEO ? (frame.isKeyFrame() ? "K" : "V") : "A")
        + (frame.isDamaged() ? "!" : "");
  }

  private Taker taker() {
    Taker taker = new Taker();
    camera.stream.add(taker);
    return taker;
  }

  private FrameReader reader(FrameOptions options) {
    FrameReader reader = new FrameReader(options, "rtsp://camera/", () -> {});
    CameraStream stream =
        (CameraStream)
            Proxy.newProxyInstance(
                CameraStream.class.getClassLoader(),
                new Class<?>[] {CameraStream.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("autoRead")) {
                    reading.add((Boolean) arguments[0]);
                  }
                  return method.getName().equals("url") ? "rtsp://camera/" : null;
                });
    camera.stream.add(reader.feeder(stream));
    return reader;
  }

  /** What it has at present. */
  private static List<String> read(FrameReader reader) throws Exception {
    List<String> read = new ArrayList<>();
    try {
      for (Optional<Frame> next = reader.next(Duration.ZERO);
          next.isPresent();
          next = reader.next(Duration.ZERO)) {
        read.add(describe(next.get()));
        next.get().release();
      }
      read.add("end");
    } catch (TimeoutException e) {
      // Nothing more at present.
    }
    return read;
  }

  // ---- Connections

  @Test
  void whatTheListenerGetsIsAll() {
    Taker taker = taker();
    camera.delta();
    camera.damaged();
    camera.audio();
    camera.key();
    assertThat(taker.seen).containsExactly("V", "V!", "A", "K");
  }

  /** What one connection began and another replaced is let go. */
  @Test
  void onlyTheConnectionThatIsTakenIsPutTogether() {
    Taker taker = taker();
    camera.key();
    camera.unfinished();
    camera.use(camera.connection(true));
    camera.key();
    camera.delta();
    assertThat(taker.seen).containsExactly("K", "~K", "V");
  }

  @Test
  void aConnectionThatEndsInAFrameHoldsNothing() {
    Taker taker = taker();
    camera.key();
    camera.unfinished();
    camera.reconnect();
    assertThat(camera.held()).isZero();
    camera.audio();
    camera.delta();
    assertThat(taker.seen).containsExactly("K", "~A", "~V");
  }

  @Test
  void nothingIsPutTogetherForNobody() {
    camera.unfinished();
    assertThat(camera.held()).isZero();
    Taker taker = taker();
    camera.key();
    camera.unfinished();
    assertThat(camera.held()).isPositive();
    camera.stream.remove(taker);
    camera.audio();
    assertThat(camera.held()).isZero();
  }

  @Test
  void anotherSourceTakesThePlaceOfTheOneBeforeAndLateOnesOfThatDoNotCount() {
    Taker taker = taker();
    camera.key();
    camera.source(2);
    camera.key();
    camera.source(1);
    camera.delta();
    camera.source(2);
    camera.delta();
    camera.source(1);
    for (int i = 0; i < 20; i++) {
      camera.delta();
    }
    assertThat(taker.seen.subList(0, 4)).containsExactly("K", "~K", "V", "~V");
    assertThat(taker.seen).hasSize(8);
  }

  @Test
  void aMediaOfAnUnknownFormatIsSaidOnce() {
    List<String> log =
        logged(
            () -> {
              taker();
              camera.unknown();
              camera.unknown();
              camera.reconnect();
              camera.unknown();
            });
    assertThat(log)
        .filteredOn(line -> line.contains("application"))
        .singleElement()
        .asString()
        .contains("comes as packets, without frames: \"no payload format of the name");
  }

  /** The lines of this stream's log meanwhile. */
  private static List<String> logged(Runnable action) {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(CameraStream.class);
    Level before = logger.getLevel();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
    try {
      action.run();
    } finally {
      logger.detachAppender(log);
      logger.setLevel(before);
    }
    return List.copyOf(log.list).stream()
        .map(ILoggingEvent::getFormattedMessage)
        .filter(line -> line.startsWith("rtsp://camera/:"))
        .toList();
  }

  // ---- Readers

  /** The camera refreshes its pictures bit by bit, and says so nowhere. */
  @Test
  void aLongWaitForAKeyFrameIsSaidOnce() {
    FrameReader reader = reader(FrameOptions.defaults());
    List<String> log =
        logged(
            () -> {
              for (int i = 0; i < 1500; i++) {
                camera.delta();
              }
            });
    assertThat(log).filteredOn(line -> line.contains("no key frame for 10 s")).hasSize(1);
    reader.close();
  }

  @Test
  void videoBeginsWithAKeyFrameAndAudioAtOnce() throws Exception {
    FrameReader reader = reader(FrameOptions.defaults());
    camera.delta();
    camera.audio();
    camera.damaged();
    camera.key();
    camera.delta();
    camera.damaged();
    camera.delta();
    assertThat(read(reader)).containsExactly("A", "K", "V", "V!", "V");
    camera.reconnect();
    camera.delta();
    camera.audio();
    camera.delta();
    camera.key();
    camera.delta();
    assertThat(read(reader)).containsExactly("~A", "~K", "V");
    assertThat(reader.dropped()).isZero();
  }

  @Test
  void itBeginsWithWhateverComesIfAskedTo() throws Exception {
    FrameReader reader = reader(FrameOptions.defaults().withFromKeyFrame(false));
    camera.delta();
    camera.reconnect();
    camera.delta();
    assertThat(read(reader)).containsExactly("V", "~V");
  }

  @Test
  void onlyWholeFramesComeIfAskedTo() throws Exception {
    FrameReader reader = reader(FrameOptions.defaults().withWholeOnly(true));
    camera.key();
    camera.damaged();
    camera.audio();
    camera.delta();
    camera.key();
    camera.delta();
    camera.losePicture();
    camera.delta(); // whole, and of no use
    camera.losePicture();
    camera.key();
    assertThat(read(reader)).containsExactly("K", "A", "K", "V", "K");
    assertThat(reader.dropped()).isZero();
  }

  /** Over TCP. It reads on when half of them were taken. */
  @Test
  void aFullReaderStopsTheReadingAndLosesNothing() throws Exception {
    FrameReader reader = reader(FrameOptions.defaults().withCapacity(4));
    camera.key();
    for (int i = 0; i < 5; i++) {
      assertThat(reading).hasSize(i < 3 ? 0 : 1);
      camera.delta();
    }
    assertThat(reading).containsExactly(false);
    for (int left = 5; left >= 2; left--) {
      assertThat(reading).containsExactly(false);
      reader.next().orElseThrow().release();
    }
    reader.next().orElseThrow().release();
    assertThat(reading).containsExactly(false, true);
    assertThat(read(reader)).containsExactly("V");
    assertThat(reader.dropped()).isZero();
  }

  @Test
  void bytesCountToo() throws Exception {
    FrameReader reader = reader(FrameOptions.defaults().withMostBytes(300));
    camera.audio();
    assertThat(reading).isEmpty();
    camera.audio();
    assertThat(reading).containsExactly(false);
    assertThat(read(reader)).containsExactly("A", "A");
    assertThat(reading).containsExactly(false, true);
  }

  /** Over UDP. */
  @Test
  void whereTheCameraCannotWaitFramesAreDroppedToTheNextKeyFrame() throws Exception {
    camera.use(camera.connection(false));
    FrameReader reader = reader(FrameOptions.defaults().withCapacity(2));
    camera.key();
    camera.delta();
    camera.delta();
    camera.audio();
    assertThat(read(reader)).containsExactly("K", "V");
    camera.delta();
    camera.audio();
    camera.key();
    assertThat(read(reader)).containsExactly("~A", "~K");
    camera.delta();
    camera.audio();
    assertThat(read(reader)).containsExactly("V", "A");
    assertThat(reader.dropped()).isEqualTo(3);
    assertThat(reading).isEmpty();
  }

  @Test
  void aReaderThatIsClosedReleasesItsFramesAndTakesNoMore() throws Exception {
    FrameReader reader = reader(FrameOptions.defaults());
    camera.key();
    camera.delta();
    assertThat(camera.held()).isPositive();
    reader.close();
    assertThat(camera.held()).isZero();
    camera.delta();
    assertThat(camera.held()).isZero();
    assertThat(read(reader)).containsExactly("end");
  }

  @Test
  void aReaderTakesWhatIsLeftOfAStreamThatGaveUpAndThenLearnsWhy() throws Exception {
    FrameReader reader = reader(FrameOptions.defaults());
    camera.key();
    camera.stream.over("rtsp://camera/: 401 for the second time");
    reader.next().orElseThrow().release();
    assertThatThrownBy(reader::next)
        .isInstanceOf(CameraFailedException.class)
        .hasMessageContaining("401");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void boundsAreOneAtLeast(int wrong) {
    assertThatThrownBy(() -> FrameOptions.defaults().withCapacity(wrong))
        .isInstanceOf(InvalidOptionException.class);
    assertThatThrownBy(() -> FrameOptions.defaults().withMostBytes(wrong))
        .isInstanceOf(InvalidOptionException.class);
  }
}
