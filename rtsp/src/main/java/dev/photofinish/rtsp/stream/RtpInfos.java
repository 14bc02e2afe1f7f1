package dev.photofinish.rtsp.stream;

import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.RtpInfo;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The RTP-Info of an answer to PLAY (RFC 2326 section 12.33), by track. */
public final class RtpInfos {
  private RtpInfos() {}

  /** One for each of {@code tracks}, empty where the answer has none for it that can be read. */
  public static List<Optional<RtpInfo>> of(RtspResponse answer, List<Track> tracks) {
    List<RtpInfo> infos = infos(answer.headers());
    List<Optional<RtpInfo>> byTrack = new ArrayList<>(tracks.size());
    for (int track = 0; track < tracks.size(); track++) {
      byTrack.add(info(infos, tracks, track));
    }
    return byTrack;
  }

  private static List<RtpInfo> infos(Headers headers) {
    try {
      Optional<String> header = headers.first(HeaderNames.RTP_INFO);
      return header.isPresent() ? RtpInfo.parseAll(header.get()) : List.of();
    } catch (RtspFormatException e) {
      return List.of();
    }
  }

  /** URLs are written in many ways: the same one, one that ends the other, or the same order. */
  private static Optional<RtpInfo> info(List<RtpInfo> infos, List<Track> tracks, int track) {
    String control = tracks.get(track).control().toString();
    Optional<RtpInfo> named =
        infos.stream()
            .filter(info -> control.endsWith(info.url()) || info.url().endsWith(control))
            .findFirst();
    boolean inOrder = named.isEmpty() && infos.size() == tracks.size();
    return inOrder ? Optional.of(infos.get(track)) : named;
  }
}
