package dev.photofinish.rtsp.session;

import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.Pair;
import dev.photofinish.rtsp.message.PresentationUrls;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspResponse;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.message.SessionDescription;
import dev.photofinish.rtsp.message.TransportHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a camera describes, as far as it is to be set up. */
final class Presentation {
  private final RtspUrl aggregate;
  private final List<Track> tracks;

  private Presentation(RtspUrl aggregate, List<Track> tracks) {
    this.aggregate = aggregate;
    this.tracks = tracks;
  }

  /**
   * Reads the answer to DESCRIBE of {@code asked}.
   *
   * @param types of media to set up
   * @throws RtspFormatException if it describes nothing that can be played
   */
  static Presentation of(RtspUrl asked, RtspResponse response, Set<String> types)
      throws RtspFormatException {
    String text = response.body().text();
    SessionDescription sdp = SessionDescription.parse(text);
    PresentationUrls urls = PresentationUrls.of(asked, response.headers(), sdp);
    List<Track> tracks = new ArrayList<>();
    for (MediaDescription media : sdp.media()) {
      if (isPlayable(sdp, media, types)) {
        int channel = 2 * tracks.size();
        tracks.add(new Track(media, urls.media(media), new Pair(channel, channel + 1)));
      }
    }
    if (tracks.isEmpty()) {
      throw new RtspFormatException("SDP", text, String.join(" or ", new TreeSet<>(types)) + " to receive");
    }
    return new Presentation(urls.aggregate(), List.copyOf(tracks));
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
  List<Track> tracks() {
    return tracks;
  }

  /**
   * The track as the camera's answer to its SETUP has it.
   *
   * @throws RtspFormatException if the answer is not interleaved, or a quirk is not forgiven
   */
  static Track answered(Track asked, RtspResponse response, Set<Quirk> quirks)
      throws RtspFormatException {
    Optional<String> header = response.headers().first(HeaderNames.TRANSPORT);
    TransportHeader transport =
        header.isPresent()
            ? TransportHeader.parse(header.get())
            : TransportHeader.tcp(asked.channels().rtp());
    Pair channels = transport.interleaved().orElse(asked.channels());
    boolean forgiven =
        transport.isTcp()
            && (transport.interleaved().isPresent() || quirks.contains(Quirk.NO_CHANNELS))
            && (channels.equals(asked.channels()) || quirks.contains(Quirk.OTHER_CHANNELS));
    if (!forgiven) {
      throw new RtspFormatException(
          "Transport header", header.orElse(""), TransportHeader.tcp(asked.channels().rtp()) + "");
    }
    return asked.on(channels);
  }
}
