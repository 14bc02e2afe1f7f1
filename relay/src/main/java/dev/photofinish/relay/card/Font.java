package dev.photofinish.relay.card;

import java.util.HexFormat;
import java.util.Map;

/** The characters of the card, in five by seven dots. */
final class Font {
  static final int WIDTH = 5;
  static final int HEIGHT = 7;

  /** Five columns each, the lowest bit on top. */
  private static final Map<Character, byte[]> COLUMNS =
      Map.ofEntries(
          glyph('0', "3e5149453e"),
          glyph('1', "00427f4000"),
          glyph('2', "4261514946"),
          glyph('3', "2141454b31"),
          glyph('4', "1814127f10"),
          glyph('5', "2745454539"),
          glyph('6', "3c4a494930"),
          glyph('7', "0171090503"),
          glyph('8', "3649494936"),
          glyph('9', "064949291e"),
          glyph(':', "0036360000"),
          glyph('-', "0808080808"),
          glyph('A', "7e1111117e"),
          glyph('C', "3e41414122"),
          glyph('E', "7f49494941"),
          glyph('F', "7f09090901"),
          glyph('I', "00417f4100"),
          glyph('M', "7f020c027f"),
          glyph('N', "7f0408107f"),
          glyph('O', "3e4141413e"),
          glyph('R', "7f09192946"),
          glyph('S', "4649494931"),
          glyph('W', "3f4038403f"),
          glyph('Y', "0708700807"));

  private Font() {}

  private static Map.Entry<Character, byte[]> glyph(char character, String columns) {
    return Map.entry(character, HexFormat.of().parseHex(columns));
  }

  /** Whether a dot of a character is ink; those of one that is not known are not. */
  static boolean ink(char character, int x, int y) {
    byte[] columns = COLUMNS.get(character);
    return columns != null && x < WIDTH && y < HEIGHT && ((columns[x] >> y) & 1) != 0;
  }
}
