package dev.photofinish.camera.onvif;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads the documents of clients: without a type, so that no entity of theirs is expanded. */
final class OnvifXml {
  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  private OnvifXml() {}

  /**
   * Reads a document.
   *
   * @throws SAXException if it is none, or has a type
   */
  static Document parse(byte[] bytes, int length) throws IOException, SAXException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(NO_DOCTYPE, true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null); // else each error is printed, too
      return builder.parse(new ByteArrayInputStream(bytes, 0, length));
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text of the first element of this name, in whichever namespace; empty without one. */
  static String text(Document document, String element) {
    NodeList found = document.getElementsByTagNameNS("*", element);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }
}
