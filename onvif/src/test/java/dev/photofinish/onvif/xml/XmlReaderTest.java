package dev.photofinish.onvif.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class XmlReaderTest {

  private static XmlElement read(String text) throws XmlFormatException {
    return XmlReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void namesAreWithoutPrefixes() throws XmlFormatException {
    XmlElement root =
        read("<a:x xmlns:a='u' a:k='v'><b:y> one </b:y><y>2</y><z><y>3</y></z></a:x>");

    assertThat(root.name()).isEqualTo("x");
    assertThat(root.attribute("k")).isEqualTo("v");
    assertThat(root.attribute("none")).isEmpty();
    assertThat(root.text("y")).isEqualTo("one");
    assertThat(root.children("y")).hasSize(2);
    assertThat(root.number(0, "z", "y")).isEqualTo(3);
    assertThat(root.number(7, "y")).isEqualTo(7);
    assertThat(root.text("no", "such")).isEmpty();
  }

  @Test
  void textIsWhatXmlSays() throws XmlFormatException {
    assertThat(read("<x>a&lt;b&#x41;<![CDATA[<c>]]><!-- no -->d</x>").text()).isEqualTo("a<bA<c>d");
  }

  @Test
  void blanksBeforeAndZerosBehindAreNothing() throws XmlFormatException {
    assertThat(read("\r\n <?xml version='1.0' encoding='utf-8'?><x>1</x>\n\0\0").text())
        .isEqualTo("1");
  }

  /** The platform's reader prints to standard error when the first bytes are no characters. */
  @Test
  void nothingIsPrintedWhateverTheBytes() {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    byte[] wrong = new byte[100];
    Arrays.fill(wrong, (byte) 0xff);
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertThatThrownBy(() -> XmlReader.read(wrong)).isInstanceOf(XmlFormatException.class);
    } finally {
      System.setErr(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8,          '<x>\u00e9</x>',                                      \u00e9",
    "UTF-8,          '\uFEFF<x>\u00e9</x>',                                \u00e9",
    "UTF-16LE,       '\uFEFF<x>\u00e9</x>',                                \u00e9",
    "UTF-16BE,       '\uFEFF<?xml version=\"1.0\" encoding=\"utf-16\"?><x>\u00e9</x>', \u00e9",
    "ISO-8859-1, ' <?xml version=\"1.0\" encoding=\"iso-8859-1\"?><x>\u00e9</x>', \u00e9",
    "ISO-8859-1,     '<x>a\u00e9b</x>',                                    a\uFFFDb",
    "UTF-8, '<?xml version=\"1.0\" encoding=\"UTF-16\"?><x>\u00e9</x>',    \u00e9",
    "UTF-8, '<?xml version=\"1.0\" encoding=\"\u0001\"?><x>\u00e9</x>',   ''"
  })
  void charactersAreByTheMarkOrTheDeclaration(String charset, String document, String text) {
    byte[] bytes = document.getBytes(Charset.forName(charset));
    String read;
    try {
      read = XmlReader.read(bytes).text();
    } catch (XmlFormatException e) {
      read = "";
    }
    assertThat(read).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE x><x/>",
        "<!DOCTYPE x [<!ENTITY e 'boom'>]><x>&e;</x>",
        "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'><x/>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><x>&e;</x>"
      })
  void noDocumentTypeIsRead(String document) {
    assertThatThrownBy(() -> read(document))
        .isInstanceOf(XmlFormatException.class)
        .hasMessage("the document has a type or entities, which are not read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "<x>",
        "<x></y>",
        "<x>&unknown;</x>",
        "<x/><y/>",
        "<?xml version='1.0' encoding='none'?><x/>",
        "<x a='1' a='2'/>"
      })
  void whatIsNoXmlIsRefused(String document) {
    assertThatThrownBy(() -> read(document)).isInstanceOf(XmlFormatException.class);
  }

  @Test
  void theBoundsHold() throws XmlFormatException {
    String most = "<x>" + "<y/>".repeat(XmlReader.MOST_ELEMENTS - 1) + "</x>";
    assertThat(read(most).children("y")).hasSize(XmlReader.MOST_ELEMENTS - 1);
    String deepest = "<x>".repeat(XmlReader.DEEPEST) + "</x>".repeat(XmlReader.DEEPEST);
    assertThat(read(deepest).name()).isEqualTo("x");

    for (String beyond :
        List.of(
            most.replace("</x>", "<y/></x>"),
            "<x>" + deepest + "</x>",
            "<x" + manyAttributes() + "/>",
            "<x>" + " ".repeat(XmlReader.MOST_BYTES) + "</x>")) {
      assertThatThrownBy(() -> read(beyond))
          .isInstanceOf(XmlFormatException.class)
          .hasMessageMatching(".*(more|deeper) than \\d+ .*");
    }
  }

  private static String manyAttributes() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= XmlReader.MOST_ATTRIBUTES; i++) {
      text.append(" a").append(i).append("='1'");
    }
    return text.toString();
  }

  @Test
  void whatIsShownIsOneLineOfVisibleCharacters() {
    assertThat(PeerText.shown("Gr\u00fc\u00dfe\n\u202e\u001b[2J"))
        .isEqualTo("Gr\u00fc\u00dfe\\u000a\\u202e\\u001b[2J");
    assertThat(PeerText.shown("x".repeat(1000))).hasSize(203).endsWith("x...");
  }

  @Test
  void ourTextIsEscaped() throws XmlFormatException {
    String text = "<&>\"'";
    assertThat(read("<x a=\"" + XmlText.escape(text) + "\">" + XmlText.escape(text) + "</x>"))
        .satisfies(x -> assertThat(x.text()).isEqualTo(text))
        .satisfies(x -> assertThat(x.attribute("a")).isEqualTo(text));
  }
}
