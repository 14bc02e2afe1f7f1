package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.key.KeyAgreement;
import dev.photofinish.rtsp.message.Attribute;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.MediaFormat;
import dev.photofinish.rtsp.message.PresentationUrls;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.message.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** A camera's description, as far as it is to be set up. */
final class Presentation {

  private final RtspUrl aggregate;
  private final boolean live;
  private final List<DescribedMedia> media;
  private final List<LeftOut> leftOut;

  /**
   * One media whose keys cannot be used.
   *
   * @param outgoing as {@link DescribedMedia#outgoing}
   */
  record LeftOut(MediaDescription media, Optional<MediaFormat> outgoing, RtspFormatException why) {
    boolean isBackChannel() {
      return outgoing.isPresent();
    }
  }

  private Presentation(
      RtspUrl aggregate, boolean live, List<DescribedMedia> media, List<LeftOut> leftOut) {
    this.aggregate = aggregate;
    this.live = live;
    this.media = List.copyOf(media);
    this.leftOut = List.copyOf(leftOut);
  }

  /**
   * Reads the answer to DESCRIBE.
   *
   * @param agreement finds the keys of those that are encrypted
   * @throws RtspFormatException if it describes nothing that can be played
   */
  static Presentation of(DialogueOptions options, RtspResponse response, KeyAgreement agreement)
      throws RtspFormatException {
    String text = response.body().text();
    SessionDescription sdp = SessionDescription.parse(text);
    var reading =
        new Reading(sdp, PresentationUrls.of(options.url(), response.headers(), sdp), agreement);
    for (MediaDescription media : sdp.media()) {
      if (options.media().contains(media.type()) && !sdp.isBackChannel(media)) {
        reading.add(media, Optional.empty());
      }
    }
    if (reading.isEmpty()) {
      throw new RtspFormatException(
          "SDP", text, String.join(" or ", new TreeSet<>(options.media())) + " to receive");
    }
    if (options.backChannel()) {
      reading.addBackChannel();
    }
    return new Presentation(reading.urls.aggregate(), isLive(sdp), reading.usable, reading.leftOut);
  }

  private static boolean isLive(SessionDescription sdp) {
    return Attribute.find(sdp.attributes(), "range")
        .filter(range -> range.strip().toLowerCase(Locale.ROOT).startsWith("npt=now"))
        .isPresent();
  }

  /** The media that are found in one description. */
  private record Reading(
      SessionDescription sdp,
      PresentationUrls urls,
      KeyAgreement agreement,
      List<DescribedMedia> usable,
      List<LeftOut> leftOut) {
    Reading(SessionDescription sdp, PresentationUrls urls, KeyAgreement agreement) {
      this(sdp, urls, agreement, new ArrayList<>(), new ArrayList<>());
    }

    boolean isEmpty() {
      return usable.isEmpty() && leftOut.isEmpty();
    }

    void add(MediaDescription media, Optional<MediaFormat> outgoing) throws RtspFormatException {
      RtspUrl control = urls.media(media);
      try {
        usable.add(new DescribedMedia(media, control, agreement.of(sdp, media), outgoing));
      } catch (RtspFormatException e) {
        leftOut.add(new LeftOut(media, outgoing, e));
      }
    }

    /** Of several, the first that takes G.711, which needs no encoder; else the first. */
    void addBackChannel() throws RtspFormatException {
      List<MediaDescription> ways = sdp.media().stream().filter(sdp::isBackChannel).toList();
      Optional<MediaDescription> plain =
          ways.stream().filter(way -> format(way).isG711()).findFirst();
      Optional<MediaDescription> chosen = plain.or(() -> ways.stream().findFirst());
      if (chosen.isPresent()) {
        add(chosen.get(), Optional.of(format(chosen.get())));
      }
    }

    private static MediaFormat format(MediaDescription media) {
      return media.formats().stream()
          .filter(MediaFormat::isG711)
          .findFirst()
          .orElse(media.format());
    }
  }

  /** For PLAY, keep-alives and TEARDOWN: aggregate control (RFC 2326 section C.1.1). */
  RtspUrl aggregate() {
    return aggregate;
  }

  /** In the description's order; the back channel that is to be used is the last. */
  List<DescribedMedia> media() {
    return media;
  }

  /** Whether it is said to begin now, as {@code a=range:npt=now-} (RFC 2326 section C.1.5). */
  boolean isLive() {
    return live;
  }

  /** Whether any media would come. */
  boolean isPlayable() {
    return media.stream().anyMatch(described -> !described.isBackChannel());
  }

  /** Whether a back channel was asked for and is described, even if its keys cannot be used. */
  boolean describesBackChannel() {
    return media.stream().anyMatch(DescribedMedia::isBackChannel)
        || leftOut.stream().anyMatch(LeftOut::isBackChannel);
  }

  /** Those that would be set up, if their keys could be used; if any, the others may be none. */
  List<LeftOut> leftOut() {
    return leftOut;
  }
}
