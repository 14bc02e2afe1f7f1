package dev.photofinish.camera.media;

/** Digits and the colon in five by seven dots. */
final class Glyphs {

  static final int COLON = 10;
  static final int WIDTH = 5;
  static final int HEIGHT = 7;

  private static final String[][] DOTS = {
    {" ### ", "#   #", "#  ##", "# # #", "##  #", "#   #", " ### "},
    {"  #  ", " ##  ", "  #  ", "  #  ", "  #  ", "  #  ", " ### "},
    {" ### ", "#   #", "    #", "   # ", "  #  ", " #   ", "#####"},
    {"#####", "   # ", "  #  ", "   # ", "    #", "#   #", " ### "},
    {"   # ", "  ## ", " # # ", "#  # ", "#####", "   # ", "   # "},
    {"#####", "#    ", "#### ", "    #", "    #", "#   #", " ### "},
    {"  ## ", " #   ", "#    ", "#### ", "#   #", "#   #", " ### "},
    {"#####", "    #", "   # ", "  #  ", " #   ", " #   ", " #   "},
    {" ### ", "#   #", "#   #", " ### ", "#   #", "#   #", " ### "},
    {" ### ", "#   #", "#   #", " ####", "    #", "   # ", " ##  "},
    {"     ", "  #  ", "  #  ", "     ", "  #  ", "  #  ", "     "},
  };

  private Glyphs() {}

  /** Whether the dot is ink; coordinates outside the glyph are paper. */
  static boolean ink(int glyph, int x, int y) {
    return x >= 0 && x < WIDTH && y >= 0 && y < HEIGHT && DOTS[glyph][y].charAt(x) == '#';
  }
}
