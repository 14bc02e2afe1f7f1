package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.key.KeyAgreement;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.PresentationUrls;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.message.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A camera's description, as far as it is to be set up. */
final class Presentation {
  private final RtspUrl aggregate;
  private final List<DescribedMedia> media;
  private final List<LeftOut> leftOut;

  /** One media whose keys cannot be used. */
  record LeftOut(MediaDescription media, RtspFormatException why) {}

  private Presentation(RtspUrl aggregate, List<DescribedMedia> media, List<LeftOut> leftOut) {
    this.aggregate = aggregate;
    this.media = List.copyOf(media);
    this.leftOut = List.copyOf(leftOut);
  }

  /**
   * Reads the answer to DESCRIBE of {@code asked}.
   *
   * @param types of media to set up
   * @param agreement finds the keys of those that are encrypted
   * @throws RtspFormatException if it describes nothing that can be played
   */
  static Presentation of(
      RtspUrl asked, RtspResponse response, Set<String> types, KeyAgreement agreement)
      throws RtspFormatException {
    String text = response.body().text();
    SessionDescription sdp = SessionDescription.parse(text);
    PresentationUrls urls = PresentationUrls.of(asked, response.headers(), sdp);
    List<DescribedMedia> playable = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    for (MediaDescription media : sdp.media()) {
      if (isPlayable(sdp, media, types)) {
        RtspUrl control = urls.media(media);
        try {
          playable.add(new DescribedMedia(media, control, agreement.of(sdp, media)));
        } catch (RtspFormatException e) {
          leftOut.add(new LeftOut(media, e));
        }
      }
    }
    if (playable.isEmpty() && leftOut.isEmpty()) {
      throw new RtspFormatException(
          "SDP", text, String.join(" or ", new TreeSet<>(types)) + " to receive");
    }
    return new Presentation(urls.aggregate(), playable, leftOut);
  }

  private static boolean isPlayable(
      SessionDescription sdp, MediaDescription media, Set<String> types) {
    return types.contains(media.type()) && !sdp.isBackChannel(media);
  }

  /** For PLAY, keep-alives and TEARDOWN: aggregate control (RFC 2326 section C.1.1). */
  RtspUrl aggregate() {
    return aggregate;
  }

  /** In the description's order, back channels left out. */
  List<DescribedMedia> media() {
    return media;
  }

  /** Those that would be set up, if their keys could be used; if any, the others may be none. */
  List<LeftOut> leftOut() {
    return leftOut;
  }
}
