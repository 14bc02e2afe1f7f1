package dev.photofinish.cli.gst;

/**
 * The type of a property as initialisers of C.
 *
 * @param fields a line each
 * @param unit what its blurb adds, since a number here has no unit and a word is a number
 */
record PropertyInC(String fields, String unit) {

  /** A string of C; options are described in ASCII. */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
