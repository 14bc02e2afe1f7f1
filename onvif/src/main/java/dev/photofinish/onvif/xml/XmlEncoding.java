package dev.photofinish.onvif.xml;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/**
 * The characters of a document in bytes: by its byte order mark, else by the encoding that its
 * declaration names, else in UTF-8. Bytes that are none become replacement characters.
 *
 * <p>The platform's reader would print to standard error what it finds wrong in the first bytes,
 * and give up on a document for one wrong byte of a name.
 */
final class XmlEncoding {
  /** A declaration is shorter. */
  private static final int DECLARATION = 256;

  private static final String NAME = "encoding";

  private XmlEncoding() {}

  /**
   * The document without a byte order mark, the blanks that cameras send before the declaration,
   * and the zeros behind the end, from a buffer in C.
   */
  static String text(byte[] document) throws XmlFormatException {
    String text = new String(document, charset(document));
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).trim();
  }

  private static Charset charset(byte[] document) throws XmlFormatException {
    int first = document.length < 2 ? 0 : (document[0] & 0xff) << 8 | (document[1] & 0xff);
    if (first == 0xfeff) {
      return StandardCharsets.UTF_16BE;
    }
    if (first == 0xfffe) {
      return StandardCharsets.UTF_16LE;
    }
    int length = Math.min(document.length, DECLARATION);
    return declared(new String(document, 0, length, StandardCharsets.ISO_8859_1).trim());
  }

  private static Charset declared(String start) throws XmlFormatException {
    int end = start.indexOf("?>");
    int name = start.startsWith("<?xml") ? start.indexOf(NAME) : -1;
    int quote = name < 0 ? -1 : quote(start, name + NAME.length());
    int close = quote < 0 ? -1 : start.indexOf(start.charAt(quote), quote + 1);
    if (close < 0 || close > end) {
      return StandardCharsets.UTF_8;
    }
    try {
      Charset charset = Charset.forName(start.substring(quote + 1, close));
      // What was read as ASCII so far cannot be in two bytes a character.
      return charset.name().startsWith("UTF-") ? StandardCharsets.UTF_8 : charset;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new XmlFormatException("the document is in an encoding that is not known here", e);
    }
  }

  private static int quote(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '"' || text.charAt(i) == '\'') {
        return i;
      }
    }
    return -1;
  }
}
