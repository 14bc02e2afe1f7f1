package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The BOM that applications import: the versions of our modules, and of nothing else. */
class BomTest {
  private static final Path ROOT = Path.of("..");

  private static Document pom(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  private static String text(Element of, String tag) {
    return of.getElementsByTagName(tag).item(0).getTextContent();
  }

  /** The artifacts of ours that a POM manages. */
  private static List<String> managed(Document pom) {
    Element management = (Element) pom.getElementsByTagName("dependencyManagement").item(0);
    NodeList dependencies = management.getElementsByTagName("dependency");
    List<String> artifacts = new ArrayList<>();
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      artifacts.add(text(dependency, "groupId") + ":" + text(dependency, "artifactId"));
    }
    return artifacts;
  }

  /** An import brings what a parent manages too: our Micrometer in place of Spring Boot's. */
  @Test
  void namesOurModulesAlone() throws Exception {
    Document bom = pom(ROOT.resolve("bom/pom.xml"));
    assertThat(bom.getElementsByTagName("parent").getLength()).isZero();
    List<String> ours =
        managed(pom(ROOT.resolve("pom.xml"))).stream()
            .filter(name -> name.startsWith("dev.photofinish:"))
            .toList();
    assertThat(ours).isNotEmpty();
    assertThat(managed(bom)).containsExactlyInAnyOrderElementsOf(ours);
  }

  @Test
  void itsVersionIsThatOfTheRest() throws Exception {
    String version = text(pom(ROOT.resolve("bom/pom.xml")).getDocumentElement(), "version");
    assertThat(version)
        .isEqualTo(text(pom(ROOT.resolve("pom.xml")).getDocumentElement(), "version"));
  }
}
