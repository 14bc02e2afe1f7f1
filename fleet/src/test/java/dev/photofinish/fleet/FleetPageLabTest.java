package dev.photofinish.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.fleet.web.FleetServer;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.relay.web.Browser;
import dev.photofinish.relay.web.access.Access;
import dev.photofinish.relay.web.access.Grants;
import dev.photofinish.relay.web.access.Right;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page of a node in a real browser: the list of cameras is edited there. */
@Tag("lab")
@Timeout(300)
class FleetPageLabTest {
  private final TestFleet fleet = new TestFleet();
  private final Browser browser = Browser.start();
  private volatile Grants grants = Grants.ALL;
  private FleetNode node;
  private FleetServer server;

  @BeforeEach
  void start() throws Exception {
    TestFleet.Node started = fleet.start();
    node = started.node();
    server =
        started
            .server()
            .authorizer(request -> CompletableFuture.completedFuture(Access.allowed(grants)))
            .start();
    fleet.awaitAll();
    node.feed(
        Map.of(
            "yard",
            new FleetCamera(
                "yard",
                "rtsp://127.0.0.1:9/yard",
                "north",
                List.of("a"),
                Map.of("password", "hunter2", "user", "me", "transport", "tcp"))));
    TestFleet.await(() -> node.cameras().containsKey("yard"));
    browser.open("http://" + Addresses.text(server.address()) + "/");
    browser.await("document.querySelector('#cameras td')");
  }

  @AfterEach
  void close() {
    browser.close();
    server.close();
    fleet.close();
  }

  private FleetCamera camera(String name) {
    return Objects.requireNonNull(node.cameras().get(name));
  }

  /** As a person types, so that what is not allowed is not typed either. */
  private void type(String field, String text) {
    browser.type("#edit-form [name=" + field + "]", text);
  }

  private static String row(String name) {
    return "document.querySelector('tr[data-key=\"" + name + "\"]')";
  }

  private void awaitDialog(String id, boolean open) {
    browser.await((open ? "" : "!") + "document.getElementById('" + id + "').open");
  }

  @Test
  void aCameraIsAddedChangedAndRemoved() throws Exception {
    browser.click("#add");
    awaitDialog("edit-dialog", true);
    assertThat(browser.value("document.activeElement.name")).isEqualTo("name");
    type("name", "door");
    type("url", "http://127.0.0.1:9/a");
    type("site", "north");
    type("zones", "b, a");
    type("options", "transport = \"udp\"\non-demand = true");
    browser.click("#edit-save");
    browser.await("document.getElementById('edit-problem').textContent.includes('rtsp')");
    type("url", "rtsp://me:hunter3@127.0.0.1:9/a");
    browser.click("#edit-save");
    awaitDialog("edit-dialog", false);
    browser.await(row("door"));
    FleetCamera door = camera("door");
    assertThat(door.site()).isEqualTo("north");
    assertThat(door.zones()).containsExactly("a", "b");
    assertThat(door.options())
        .containsOnly(Map.entry("transport", "udp"), Map.entry("on-demand", "true"));

    browser.click("button[aria-label=\"Change door\"]");
    awaitDialog("edit-dialog", true);
    assertThat(browser.value("document.querySelector('#edit-form [name=url]').value"))
        .isEqualTo("rtsp://127.0.0.1:9/a");
    assertThat(browser.value("document.querySelector('#edit-form [name=site]').readOnly"))
        .isEqualTo(true);
    type("options", "grace = 3s\non-demand = true");
    type("zones", "");
    browser.click("#edit-save");
    awaitDialog("edit-dialog", false);
    FleetCamera changed = camera("door");
    assertThat(changed.url()).as("with its login").isEqualTo(door.url());
    assertThat(changed.zones()).isEmpty();
    assertThat(changed.options())
        .containsOnly(Map.entry("grace", "3s"), Map.entry("on-demand", "true"));

    browser.click("button[aria-label=\"Remove door\"]");
    awaitDialog("remove-dialog", true);
    assertThat(browser.text("#remove-title")).isEqualTo("Remove door?");
    browser.click("#remove-dialog .cancel");
    awaitDialog("remove-dialog", false);
    assertThat(node.cameras()).containsKey("door");
    browser.click("button[aria-label=\"Remove door\"]");
    browser.click("#remove-dialog [type=submit]");
    browser.await("!" + row("door"));
    assertThat(node.cameras()).containsOnlyKeys("yard");
  }

  @Test
  void aChangeOfAnOptionKeepsALoginThatIsNotShown() {
    browser.click("button[aria-label=\"Change yard\"]");
    awaitDialog("edit-dialog", true);
    assertThat(
            String.valueOf(
                browser.value(
                    "document.documentElement.outerHTML"
                        + " + document.querySelector('#edit-form [name=options]').value")))
        .contains("transport = tcp")
        .doesNotContain("hunter2");
    type("options", "transport = udp");
    browser.click("#edit-save");
    awaitDialog("edit-dialog", false);
    assertThat(camera("yard").options())
        .containsOnly(
            Map.entry("password", "hunter2"),
            Map.entry("user", "me"),
            Map.entry("transport", "udp"));
  }

  /** The table is drawn again every two seconds. */
  @Test
  void aButtonKeepsItsFocusWhileTheTableIsDrawnAgain() {
    browser.value("document.querySelector('button[aria-label=\"Change yard\"]').focus()");
    node.feed(
        Map.of(
            "alley", FleetCamera.of("alley", "rtsp://127.0.0.1:9/alley"), "yard", camera("yard")));
    browser.await(row("alley"));
    assertThat(browser.value("document.activeElement.ariaLabel")).isEqualTo("Change yard");
  }

  @Test
  void showsNoButtonsToThoseWhoMayNot() {
    assertThat(browser.value("document.getElementById('add').hidden")).isEqualTo(false);
    grants = (right, name) -> right == Right.VIEW;
    browser.await("document.getElementById('add').hidden");
    browser.await("!document.querySelector('button[aria-label=\"Change yard\"]')");
    grants = (right, name) -> right == Right.VIEW || name.equals(Optional.of("yard"));
    browser.await("document.querySelector('button[aria-label=\"Change yard\"]')");
    assertThat(browser.value("document.getElementById('add').hidden")).isEqualTo(true);
  }

  /** A screen reader says a name for each field and each button. */
  @Test
  void fieldsAndButtonsHaveNames() {
    assertThat(
            browser.number(
                "[...document.querySelectorAll('dialog input, dialog textarea')]"
                    + ".filter(f => f.labels.length !== 1"
                    + " || !document.getElementById(f.getAttribute('aria-describedby'))).length"))
        .isZero();
    assertThat(
            browser.number(
                "[...document.querySelectorAll('button')]"
                    + ".filter(b => !(b.ariaLabel ?? b.textContent).trim()).length"))
        .isZero();
    assertThat(
            browser.number(
                "[...document.querySelectorAll('dialog')].filter(d =>"
                    + " !document.getElementById(d.getAttribute('aria-labelledby'))).length"))
        .isZero();
  }
}
