package dev.photofinish.media.container;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * The bytes before the first fragment: the initialization segment of MP4; none of a transport
 * stream.
 *
 * @param content belongs to the receiver, who must release it
 * @param contentType with the codecs (RFC 6381), such as {@code video/mp4; codecs="avc1.64001f"}
 */
public record Header(ByteBuf content, List<Track> tracks, String contentType) {}
