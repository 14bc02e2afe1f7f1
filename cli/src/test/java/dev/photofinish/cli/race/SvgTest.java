package dev.photofinish.cli.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.cli.picture.Reports;
import dev.photofinish.cli.picture.Svg;
import dev.photofinish.cli.picture.TimelineSvg;
import dev.photofinish.race.RaceReport;
import dev.photofinish.simulation.Prediction;
import dev.photofinish.simulation.SynLoss;
import dev.photofinish.simulation.SynTimetable;
import java.awt.geom.Rectangle2D;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Pictures are well-formed, follow light and dark schemes, and no label runs into another. */
final class SvgTest {
  private static final long MS = 1_000_000;

  static List<String> pictures() {
    List<String> pictures = new ArrayList<>();
    for (RaceReport report : Reports.ALL) {
      pictures.add(TimelineSvg.draw(report));
    }
    Distribution measured = new Distribution(5, List.of(MS, MS, MS, 251 * MS));
    Prediction theory =
        new Prediction(
            "predicted for 30 % of SYNs lost",
            SynLoss.predict(0.3, List.of(new SynLoss.Dial(0, 5_000 * MS)), new SynTimetable(4)));
    pictures.add(DistributionSvg.draw("a <title> & more", measured, theory));
    pictures.add(DistributionSvg.draw("none won", new Distribution(3, List.of()), Prediction.NONE));
    return pictures;
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void isWellFormedWithBothSchemesAndNoScript(String picture) throws Exception {
    Document document = parse(picture);

    assertThat(document.getDocumentElement().getAttribute("viewBox")).startsWith("0 0 ");
    assertThat(picture).contains("@media (prefers-color-scheme:dark)");
    assertThat(picture).doesNotContain("<script", "href", "NaN", "Infinity");
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void labelsDoNotOverlapAndStayInside(String picture) throws Exception {
    Document document = parse(picture);
    Element root = document.getDocumentElement();
    Rectangle2D page = new Rectangle2D.Double(0, 0, number(root, "width"), number(root, "height"));
    List<Rectangle2D> boxes = boxes(document);

    for (int i = 0; i < boxes.size(); i++) {
      assertThat(page.contains(boxes.get(i))).as("inside: %s", boxes.get(i)).isTrue();
      for (int j = 0; j < i; j++) {
        assertThat(boxes.get(i).intersects(boxes.get(j)))
            .as("%s and %s", boxes.get(i), boxes.get(j))
            .isFalse();
      }
    }
  }

  private static List<Rectangle2D> boxes(Document document) {
    List<Rectangle2D> boxes = new ArrayList<>();
    NodeList texts = document.getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      double size = text.getAttribute("class").contains("title") ? 16 : Svg.FONT;
      double width = text.getTextContent().length() * Svg.CHARACTER * size / Svg.FONT;
      double shift =
          switch (text.getAttribute("text-anchor")) {
            case "middle" -> width / 2;
            case "end" -> width;
            default -> 0;
          };
      boxes.add(
          new Rectangle2D.Double(
              number(text, "x") - shift, number(text, "y") - size, width, size * 1.2));
    }
    return boxes;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static Document parse(String picture) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(picture)));
  }
}
