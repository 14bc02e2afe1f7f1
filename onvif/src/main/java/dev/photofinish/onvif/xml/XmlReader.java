package dev.photofinish.onvif.xml;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a document from a peer in work and memory that are linear in its bytes: at most {@link
 * #MOST_BYTES}, {@link #MOST_ELEMENTS} and {@link #DEEPEST} levels, no document type, no entity
 * that is not XML's own, nothing from outside.
 */
public final class XmlReader {
  public static final int MOST_BYTES = 512 * 1024;
  static final int MOST_ELEMENTS = 20_000;
  static final int DEEPEST = 32;
  static final int MOST_ATTRIBUTES = 64;

  private static final XMLInputFactory FACTORY = factory();

  private final Deque<XmlElement> open = new ArrayDeque<>();
  private int elements;

  private XmlReader() {}

  /** Without namespaces, since looking up each of many prefixes would not be linear. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("nothing outside the document is read");
        });
    return factory;
  }

  /** The root element of {@code document}. */
  public static XmlElement read(byte[] document) throws XmlFormatException {
    if (document.length > MOST_BYTES) {
      throw new XmlFormatException("the document has more than " + MOST_BYTES + " bytes");
    }
    try {
      XMLStreamReader reader =
          FACTORY.createXMLStreamReader(new StringReader(XmlEncoding.text(document)));
      try {
        return new XmlReader().root(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw new XmlFormatException(firstLine(e), e);
    } catch (IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | NullPointerException
        | ClassCastException
        | ArithmeticException e) {
      // The platform's reader has thrown such on malformed input.
      throw new XmlFormatException("the document is not XML", e);
    }
  }

  private static String firstLine(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    int line = message.lastIndexOf("Message: ");
    return "the document is not XML: "
        + (line < 0 ? message : message.substring(line + "Message: ".length()));
  }

  private XmlElement root(XMLStreamReader reader) throws XMLStreamException, XmlFormatException {
    XmlElement root = null;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          XmlElement started = start(reader);
          root = root == null ? started : root;
        }
        case XMLStreamConstants.END_ELEMENT -> open.pop();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (!open.isEmpty()) {
            open.peek().append(reader.getText());
          }
        }
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw new XmlFormatException("the document has a type or entities, which are not read");
        default -> {
          // comments and processing instructions mean nothing here
        }
      }
    }
    if (root == null) {
      throw new XmlFormatException("the document has no element");
    }
    return root;
  }

  private XmlElement start(XMLStreamReader reader) throws XmlFormatException {
    if (++elements > MOST_ELEMENTS) {
      throw new XmlFormatException("the document has more than " + MOST_ELEMENTS + " elements");
    }
    if (open.size() >= DEEPEST) {
      throw new XmlFormatException("the document is deeper than " + DEEPEST + " levels");
    }
    if (reader.getAttributeCount() > MOST_ATTRIBUTES) {
      throw new XmlFormatException("an element has more than " + MOST_ATTRIBUTES + " attributes");
    }
    XmlElement element = new XmlElement(withoutPrefix(reader.getLocalName()));
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      element.setAttribute(
          withoutPrefix(reader.getAttributeLocalName(i)), reader.getAttributeValue(i));
    }
    if (!open.isEmpty()) {
      open.peek().add(element);
    }
    open.push(element);
    return element;
  }

  private static String withoutPrefix(String name) {
    return name.substring(name.lastIndexOf(':') + 1);
  }
}
