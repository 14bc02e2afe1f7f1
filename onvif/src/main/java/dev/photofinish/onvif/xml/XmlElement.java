package dev.photofinish.onvif.xml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An element of a document that a peer sent. Names are without their prefixes: cameras err in
 * namespaces, and within one response the names alone are unambiguous.
 */
public final class XmlElement {
  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<XmlElement> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  XmlElement(String name) {
    this.name = name;
  }

  void setAttribute(String attribute, String value) {
    attributes.put(attribute, value);
  }

  void add(XmlElement child) {
    children.add(child);
  }

  void append(String more) {
    text.append(more);
  }

  public String name() {
    return name;
  }

  /** The value of an attribute; empty if it is not there. */
  public String attribute(String attribute) {
    return attributes.getOrDefault(attribute, "");
  }

  /** The children called {@code child}, in their order. */
  public List<XmlElement> children(String child) {
    return children.stream().filter(element -> element.name.equals(child)).toList();
  }

  /** The element that the first children of these names lead to. */
  public Optional<XmlElement> find(String... path) {
    Optional<XmlElement> found = Optional.of(this);
    for (String step : path) {
      found = found.flatMap(element -> element.children(step).stream().findFirst());
    }
    return found;
  }

  /** The text of the element that {@link #find} finds, without blanks around it; empty if none. */
  public String text(String... path) {
    return find(path).map(element -> element.text.toString().strip()).orElse("");
  }

  /** The whole number in the element that {@link #find} finds; {@code otherwise} if it is none. */
  public int number(int otherwise, String... path) {
    try {
      return Integer.parseInt(text(path));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
