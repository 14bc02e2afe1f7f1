package dev.photofinish.cli;

import java.nio.charset.Charset;

/**
 * The marks of a text timeline, each one column wide.
 *
 * @param dialling from start to connected
 * @param connectedLine from connected to ready
 * @param heldLine from ready to the end
 * @param lost closed by us: cancelled, replaced or retired
 * @param failed ended by the network or the peer, or by the race's timeout
 */
record Glyphs(
    char start,
    char dialling,
    char connected,
    char connectedLine,
    char ready,
    char heldLine,
    char lost,
    char failed,
    char finishLine,
    char answer,
    char ellipsis) {
  static final Glyphs UNICODE = new Glyphs('├', '╌', '●', '━', '◆', '═', '×', '╳', '┊', '▾', '…');
  static final Glyphs ASCII = new Glyphs('|', '.', 'o', '-', '#', '=', 'x', 'X', ':', 'v', '~');

  /** Unicode where {@code charset} can write it. */
  static Glyphs of(Charset charset) {
    return charset.newEncoder().canEncode("├╌●━◆═×╳┊▾…") ? UNICODE : ASCII;
  }
}
