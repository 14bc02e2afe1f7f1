package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.message.RangeHeader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * One camera, kept up: connected by racing, watched, and connected again when it drops, until it is
 * closed or gives up. Every method may be called from any thread.
 */
public interface CameraStream extends AutoCloseable {

  /** The address asked for, without user and password. */
  String url();

  CameraState state();

  /** What was set up on the latest connection that got so far; empty before. */
  List<MediaStream> streams();

  /**
   * The session description (SDP, RFC 4566) of that connection, as the camera sent it: known as
   * soon as {@link CameraListener#described} is called; empty before. It is the camera's text, and
   * may hold keys of SRTP ({@code a=crypto}): escape it before it is shown, and keep it out of
   * logs.
   */
  Optional<String> description();

  StreamStatistics statistics();

  /** Time since the stream was opened, on the clock of {@link StreamStatistics#at}. */
  Duration age();

  boolean autoRead();

  /**
   * Back pressure: with {@code false} the client stops reading from the connection, so that TCP
   * makes the camera wait. Keep-alives go on; silence is not judged while nothing is read.
   */
  void autoRead(boolean read);

  /**
   * Asks the camera for a key frame of each of its videos by RTCP, where its description offers to
   * take that ({@code a=rtcp-fb}): by a picture loss indication (RFC 4585 section 6.3.1), else by a
   * full intra request (RFC 5104 section 4.3.1). Elsewhere, and while no connection to the camera
   * is there, it does nothing. At most one request a second goes out for a video; those that are
   * made within it are one, at its end. Of a video that has not come yet it is asked for behind the
   * first packet. None is repeated: where the key frame is needed, and does not come, ask again.
   */
  void requestKeyFrame();

  /**
   * The way for audio to the camera, where {@link Camera#withBackChannel} asked for it; the same
   * for as long as the stream lasts.
   */
  BackChannel backChannel();

  /**
   * The part of a recording that is left, from the last packet to the end that was asked for; empty
   * of what is live, and where the place is not known.
   */
  Optional<RangeHeader> position();

  /**
   * Asks the camera to send no more (PAUSE, RFC 2326 section 10.6). The session stays and is kept
   * alive; silence is not judged. Completes when the camera has answered; packets that were on
   * their way may come after. A connection that is lost while paused is not replaced before {@link
   * #resume}. Completes at once where the stream is paused already.
   *
   * <p>Fails with a {@link RequestFailedException}, and changes nothing, when the camera refuses,
   * does not answer within {@code response-timeout}, or is not connected at present.
   */
  CompletionStage<Void> pause();

  /**
   * Goes on after {@link #pause}: where the session was paused (PLAY without a Range, RFC 2326
   * section 10.5), or on a new connection where the paused one was lost, a recording from its last
   * packet. Completes when the camera has answered, on a new connection when it plays; at once
   * where the stream is not paused.
   *
   * <p>Fails with a {@link RequestFailedException} when the camera refuses, so that the stream
   * stays paused. Where it does not answer within {@code response-timeout}, has lost the session or
   * ends the connection, another connection takes its place.
   */
  CompletionStage<Void> resume();

  /**
   * Plays from elsewhere, at the pace of before: PAUSE and PLAY with the Range, or PLAY alone with
   * {@code Immediate} where ONVIF's replay is required. From now on the stream is a recording: see
   * {@link ReplayOptions}. A paused stream plays again.
   *
   * <p>Completes and fails as {@link #resume}. Where the camera refuses the range (457), what
   * played goes on.
   */
  CompletionStage<Void> seek(RangeHeader to);

  /**
   * As {@link #seek}, also at another pace, or with other pictures.
   *
   * @param replay without a range it is the rest of what plays
   */
  CompletionStage<Void> play(ReplayOptions replay);

  /**
   * Asks the camera for parameters of the session (GET_PARAMETER, RFC 2326 section 10.8), and
   * completes with what it answers. Requests go out one after the other, each once: on a new
   * connection none is repeated.
   *
   * <p>Fails with a {@link RequestFailedException} when the camera refuses, does not answer within
   * {@code response-timeout}, ends the connection before, or is not connected at present, or when
   * 16 requests wait already.
   *
   * @param names as the camera expects them, in text/parameters one a line; {@link
   *     ParameterBody#NONE} asks for nothing but a sign of life
   * @throws IllegalArgumentException for more than {@value ParameterBody#MOST_BYTES} bytes
   */
  CompletionStage<ParameterBody> getParameter(ParameterBody names);

  /** Sets parameters (SET_PARAMETER, RFC 2326 section 10.9), otherwise as {@link #getParameter}. */
  CompletionStage<ParameterBody> setParameter(ParameterBody values);

  /** {@link #frames(FrameOptions)} with the defaults. */
  default Flow.Publisher<Frame> frames() {
    return frames(FrameOptions.defaults());
  }

  /**
   * The frames of this stream for any number of subscribers; each gets what comes from its
   * subscription on, over all connections: times go on, the first frame of a media after a gap is
   * marked, and video begins with a key frame ({@link FrameOptions}). They are put together only
   * while someone takes them.
   *
   * <p>As many frames as the options say wait for a subscriber that has not requested them; beyond
   * that they are dropped, video up to the next key frame. The next frame of the media is then a
   * discontinuity, {@link FrameSubscription#dropped} counts, and the log has one line.
   *
   * <p>Frames are copies on the heap ({@link Frame#copy}): nothing has to be released. Signals come
   * on the stream's event loop, which must not be blocked ({@link CameraListener}), or on a thread
   * that requests. The end of the stream completes a subscriber once it took what waits; it fails
   * with a {@link CameraFailedException} when the stream gave up. One that throws is cancelled.
   */
  Flow.Publisher<Frame> frames(FrameOptions options);

  /**
   * Completes with this stream when media first comes, and fails with a {@link
   * CameraFailedException} if the stream ends before.
   */
  CompletionStage<CameraStream> playing();

  /**
   * Completes when the stream is over and everything it held is released: with the last statistics
   * after {@link #close} and at the end of a recording, with a {@link CameraFailedException} after
   * it gave up.
   */
  CompletionStage<StreamStatistics> ended();

  /**
   * Closes in order: TEARDOWN on the connection, its answer (1 s at most), FIN, and the camera's
   * FIN (0.5 s at most, then RST). When this completes a camera that takes one client has seen this
   * one go. Through a tunnel the connection is closed behind the answer. The stage is that of
   * {@link #ended}.
   */
  default CompletionStage<StreamStatistics> closeAsync() {
    return closeAsync("closed by the caller");
  }

  /**
   * As {@link #closeAsync()}; {@link CameraState#CLOSED} is reported with this reason.
   *
   * @param reason human-readable
   */
  CompletionStage<StreamStatistics> closeAsync(String reason);

  /**
   * {@link #closeAsync} and waits for it. From a listener's method, which runs on the thread that
   * would have to do the work, it does not wait. An interrupt stops the waiting, not the closing,
   * and stays set.
   */
  @Override
  void close();
}
