package dev.photofinish.onvif.xml;

/** A document that is no XML, or larger or deeper than is read. */
public final class XmlFormatException extends Exception {
  private static final long serialVersionUID = 1;

  XmlFormatException(String message) {
    super(message);
  }

  XmlFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
