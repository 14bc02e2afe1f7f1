package dev.photofinish.relay.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.lab.Needs;
import dev.photofinish.camera.lab.ServerPort;
import dev.photofinish.relay.RelayState;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.web.access.Access;
import dev.photofinish.relay.web.access.Grants;
import dev.photofinish.relay.web.access.Right;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page in a real browser: pictures are decoded and shown, through pauses and restarts. */
@Tag("lab")
@Timeout(300)
class BrowserLabTest {
  private static final String VIDEO = "document.querySelector('video')";
  private static final String FRAMES = VIDEO + ".getVideoPlaybackQuality().totalVideoFrames";
  private static final String TIME = VIDEO + ".currentTime";
  private static final String BEHIND =
      "(" + VIDEO + ".buffered.end(" + VIDEO + ".buffered.length - 1) - " + TIME + ")";

  private final FakeCameras cameras = new FakeCameras();
  private final List<LiveFeed> feeds = new ArrayList<>();
  private final Browser browser = Browser.start();
  private WebServer server = start(ServerPort.choose());

  BrowserLabTest() throws IOException {}

  private WebServer start(int port) {
    WebServer started =
        WebServer.builder(cameras)
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .build();
    try {
      started.start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return started;
  }

  private LiveFeed feed(FakeSource source, boolean withSound) {
    LiveFeed feed = new LiveFeed(source, withSound);
    feeds.add(feed);
    return feed;
  }

  @AfterEach
  void close() {
    feeds.forEach(LiveFeed::close);
    browser.close();
    server.close();
    cameras.close();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.address().getPort() + path;
  }

  /** A page whose connection is new counts from 0. */
  private void awaitPictures(int more) {
    browser.awaitMore(FRAMES, more);
  }

  @Test
  void aTilePlaysAndGoesOnAfterAPause() throws Exception {
    FakeCamera camera = cameras.put("door", "H264");
    LiveFeed feed = feed(camera.source(), false);
    browser.open(url("/"));
    browser.await(VIDEO);
    awaitPictures(25);
    double before = browser.number(TIME);
    assertThat(before).isPositive();
    feed.pause();
    cameras.state(camera, RelayState.AWAY, Instant.now(), "connection reset");
    browser.await("document.querySelector('.screen.dim .note').innerText.includes('Away since')");
    browser.await(
        "(window.stoppedAt ??= Date.now(), Date.now() - window.stoppedAt > 3000)"); // the outage
    feed.resume();
    cameras.state(camera, RelayState.PLAYING, Instant.now(), "");
    awaitPictures(25);
    assertThat(browser.number(TIME)).isGreaterThan(before + 3);
    browser.await(BEHIND + " < 1");
    assertThat(browser.text(".state")).isEqualTo("Live");
  }

  @Test
  void aCameraPlaysWithTelephoneSound() throws Exception {
    FakeCamera camera = cameras.put("door", "H264", "PCMU");
    feed(camera.source(), true);
    browser.open(url("/#/camera/door"));
    browser.await(VIDEO);
    awaitPictures(25);
    browser.await(VIDEO + ".webkitAudioDecodedByteCount > 1000");
    browser.await(BEHIND + " < 1");
    assertThat(browser.text("h1")).isEqualTo("door");
  }

  @Test
  void thePageSurvivesARestartOfTheRelay() throws Exception {
    FakeCamera camera = cameras.put("door", "H264");
    feed(camera.source(), false);
    browser.open(url("/"));
    browser.await(VIDEO);
    awaitPictures(10);
    int port = server.address().getPort();
    server.close();
    browser.await("!document.getElementById('connection').hidden");
    server = start(port);
    browser.await("document.getElementById('connection').hidden");
    browser.await("window.before = window.before ?? " + FRAMES);
    awaitPictures(10);
  }

  /**
   * The clock of a browser may be off; an outage of half a day ago is in the middle of the axis.
   */
  @Test
  void timesAreThoseOfTheRelay() throws Exception {
    browser.open(url("/"));
    // In one go: each answer that the page gets sets the clock.
    Object share =
        browser.value(
            "Promise.all([import('/format.js'), import('/outages.js')])"
                + ".then(([{setClock}, {drawOutages}]) => {"
                + "setClock({headers: {get: () => 'Thu, 01 Jan 2026 00:00:00 GMT'}});"
                + "const out = {from: '2025-12-31T12:00:00Z', to: null, reason: ''};"
                + "const chart = drawOutages([out], 0).querySelector('.chart');"
                + "const x = chart.querySelector('.out').getAttribute('x');"
                + "return Math.round(100 * x / chart.viewBox.baseVal.width); })");
    assertThat(share).isEqualTo(50L);
  }

  @Test
  void soundThatDoesNotComeDoesNotKeepThePictureBack() throws Exception {
    FakeCamera camera = cameras.put("door", "H264", "PCMU");
    FakeSource source = camera.source();
    source.send(new TestFrames().sound(0));
    feed(source, false);
    browser.open(url("/#/camera/door"));
    browser.await(VIDEO);
    awaitPictures(50);
    assertThat(browser.number(TIME)).isPositive();
  }

  @Test
  void saysWhatItCannotPlay() throws Exception {
    FakeCamera camera = cameras.put("door", "H265");
    camera.source().send(TestFrames.h265());
    browser.open(url("/#/camera/door"));
    browser.await(VIDEO);
    String supported = "MediaSource.isTypeSupported('video/mp4; codecs=\"hvc1.1.6.L93.90\"')";
    Needs.that(
        Boolean.TRUE.equals(browser.value(supported))
            ? Optional.of("this browser plays H.265")
            : Optional.empty(),
        Assumptions::abort);
    browser.await("document.querySelector('.screen .note').innerText.includes('hvc1.1.6.L93.90')");
    assertThat(browser.text(".screen .note")).contains("Set the camera to H.264");
  }

  @Test
  void showsTheSubStreamWhereItCannotPlayTheCamera() throws Exception {
    FakeCamera camera = cameras.put("door", "H265");
    camera.change(
        camera.camera(), RelayedCameraOptions.defaults().withSubStream(Optional.of("door-small")));
    camera.source().send(TestFrames.h265());
    feed(cameras.put("door-small", "H264").source(), false);
    browser.open(url("/"));
    browser.await(VIDEO);
    awaitPictures(10);
    assertThat(browser.number("document.querySelectorAll('.tile').length")).isEqualTo(1);
    assertThat(browser.text(".tile h2")).isEqualTo("door");
  }

  @Test
  void offersOnlyWhatTheUserMayDo() throws Exception {
    server.close();
    Grants view = (right, camera) -> right == Right.VIEW;
    server =
        WebServer.builder(cameras)
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .authorizer(request -> CompletableFuture.completedFuture(Access.allowed(view)))
            .build();
    server.start();
    cameras.put("door", "H264");
    browser.open(url("/#/camera/door"));
    browser.await("document.querySelector('.facts dd')");
    browser.await("document.getElementById('add').hidden");
    browser.await("document.querySelector('.actions').hidden");
  }

  /**
   * Pictures that are asked for again and again would count as wrong logins, where there are
   * logins.
   */
  @Test
  void whoIsRefusedIsToldWhyAndSeesNothingUntilHeIsNot() throws Exception {
    AtomicBoolean known = new AtomicBoolean(true);
    server.close();
    server =
        WebServer.builder(cameras)
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .authorizer(
                request ->
                    CompletableFuture.completedFuture(
                        known.get()
                            ? Access.allowed((right, camera) -> known.get())
                            : Access.forbidden("Not at night.")))
            .build();
    server.start();
    cameras.put("door", "H264");
    browser.open(url("/#/camera/door"));
    browser.await("document.querySelector('.facts dd')?.checkVisibility()");
    known.set(false);
    browser.await("document.getElementById('connection').innerText.includes('Not at night')");
    browser.await("!document.querySelector('.facts dd').checkVisibility()");
    browser.await("document.getElementById('add').hidden");
    known.set(true);
    browser.await("document.querySelector('.facts dd').checkVisibility()");
    browser.await("document.getElementById('connection').hidden");
  }

  @Test
  void theAddressMayHaveALogin() throws Exception {
    cameras.put("door", "H264");
    browser.open(url("/#/camera/door").replace("//", "//me:secret@"));
    browser.await("!document.getElementById('add').hidden");
    browser.await("document.querySelector('.log').innerText.includes('added')");
  }

  @Test
  void aCameraThatIsRemovedIsGoneFromItsView() throws Exception {
    cameras.put("door", "H264");
    browser.open(url("/#/camera/door"));
    browser.await("document.querySelector('.facts dd')?.checkVisibility()");
    cameras.remove("door");
    browser.await("document.querySelector('.state').innerText.startsWith('There is no camera')");
    browser.await("!document.querySelector('.facts dd').checkVisibility()");
    cameras.put("door", "H264");
    browser.await("document.querySelector('.facts dd').checkVisibility()");
  }

  /** Names of cameras and reasons are of others: they are shown, not run. */
  @Test
  void whatACameraSaysIsText() throws Exception {
    FakeCamera camera = cameras.put("door", "H264");
    String hostile = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";
    browser.open(url("/#/camera/door"));
    browser.await("document.querySelector('h1')");
    cameras.state(camera, RelayState.AWAY, Instant.now(), hostile);
    browser.await("document.querySelector('.head .reason').innerText.includes('onerror')");
    assertThat(browser.value("window.hacked")).isNull();
  }

  @Test
  void addsACameraAndSaysWhatIsWrong() throws Exception {
    browser.open(url("/"));
    browser.await("document.querySelector('.empty')");
    assertThat(browser.text(".empty h1")).isEqualTo("No cameras yet");
    browser.value("document.getElementById('add').click()");
    browser.value(
        "(document.querySelector('[name=name]').value = 'yard',"
            + " document.querySelector('[name=url]').value = 'http://wrong/',"
            + " document.getElementById('add-form').requestSubmit())");
    browser.await("document.getElementById('add-problem').innerText.includes('url')");
    browser.value(
        "(document.querySelector('[name=url]').value = 'rtsp://192.0.2.1/',"
            + " document.getElementById('add-form').requestSubmit())");
    browser.await("document.querySelector('.tile h2')?.innerText === 'yard'");
    assertThat(browser.value("document.getElementById('add-dialog').open")).isEqualTo(false);
  }
}
