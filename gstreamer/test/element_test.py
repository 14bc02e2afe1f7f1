#!/usr/bin/python3
"""Tests of the element with process.py in place of photofinish. GST_PLUGIN_PATH has the plugin,
PHOTOFINISH the test double. Nothing sleeps to wait: each waits for what it expects, or fails."""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

FOLDER = tempfile.mkdtemp()
os.environ["FAKE_RTP"] = os.path.join(FOLDER, "h264.rtp")
os.environ["FAKE_LOG"] = os.path.join(FOLDER, "log")

import gi  # noqa: E402

gi.require_version("Gst", "1.0")
from gi.repository import Gio, GLib, GObject, Gst  # noqa: E402

PATIENCE = 60
DECODE = " latency=50 ! rtph264depay ! avdec_h264 ! fakesink name=sink sync=false"


def wait_for(condition, what, patience=PATIENCE):
    """Until condition is true."""
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("not within %d s: %s" % (patience, what))
        time.sleep(0.005)


def log(what=None):
    """What the processes said that happened."""
    try:
        with open(os.environ["FAKE_LOG"]) as file:
            lines = [json.loads(line) for line in file if line.endswith("\n")]
    except FileNotFoundError:
        return []
    return [line for line in lines if what in (None, line["what"])]


def alive(pid):
    """Whether a process runs; one that waits to be reaped does not."""
    try:
        with open("/proc/%d/stat" % pid) as file:
            return file.read().rsplit(") ", 1)[1][0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def threads():
    """The names of this process's threads."""
    names = []
    for task in os.listdir("/proc/self/task"):
        try:
            with open("/proc/self/task/%s/comm" % task) as file:
                names.append(file.read().strip())
        except (FileNotFoundError, ProcessLookupError):
            pass
    return names


def processes():
    return [line["pid"] for line in log("start") if alive(line["pid"])]


class Player:
    """A pipeline whose buffers before the sink are noted: running time and flags."""

    def __init__(self, location, rest=DECODE, properties=""):
        self.pipeline = Gst.parse_launch(
            "photofinishsrc name=source location=\"%s\" %s %s" % (location, properties, rest))
        self.source = self.pipeline.get_by_name("source")
        self.times, self.messages, self.caps, self.discont = [], [], [], []
        self.pads, self.first_caps, self.no_more_pads = [], [], 0
        self.state = Gst.State.PLAYING  # when entered
        self.source.connect("pad-added", self.pad_added)
        self.source.connect("no-more-pads", self.all_pads)
        sink = self.pipeline.get_by_name("sink")
        if sink:
            sink.get_static_pad("sink").add_probe(Gst.PadProbeType.BUFFER, self.buffer)
        bus = self.pipeline.get_bus()
        bus.enable_sync_message_emission()
        bus.connect("sync-message", lambda _, message: self.messages.append(message))

    def pad_added(self, _, pad):
        self.pads.append(pad.get_name())
        self.first_caps.append(pad.get_current_caps())
        pad.add_probe(Gst.PadProbeType.BUFFER | Gst.PadProbeType.EVENT_DOWNSTREAM, self.rtp)

    def all_pads(self, _):
        self.no_more_pads += 1

    def rtp(self, pad, info):
        if info.type & Gst.PadProbeType.BUFFER:
            if info.get_buffer().has_flags(Gst.BufferFlags.DISCONT):
                self.discont.append(pad.get_name())
        elif info.get_event().type == Gst.EventType.CAPS:
            self.caps.append(info.get_event().parse_caps().to_string())
        return Gst.PadProbeReturn.OK

    def buffer(self, _, info):
        self.times.append(info.get_buffer().pts)
        return Gst.PadProbeReturn.OK

    def __enter__(self):
        self.pipeline.set_state(self.state)
        return self

    def __exit__(self, *_):
        self.pipeline.set_state(Gst.State.NULL)
        # The pipeline has a reference to this through its signals.
        self.pipeline.get_bus().disable_sync_message_emission()
        self.pipeline = self.source = None

    def play(self):
        assert self.pipeline.set_state(Gst.State.PLAYING) != Gst.StateChangeReturn.FAILURE

    def wait_frames(self, count):
        wait_for(lambda: len(self.times) >= count, "%d frames, there are %d; %s" % (
            count, len(self.times), self.errors()))

    def of(self, kind):
        return [message for message in list(self.messages) if message.type == kind]

    def errors(self):
        return [message.parse_error()[0].message for message in self.of(Gst.MessageType.ERROR)]

    def element_messages(self, name):
        structures = [message.get_structure() for message in self.of(Gst.MessageType.ELEMENT)]
        return [s for s in structures if s.get_name() == name]

    def wait_error(self):
        wait_for(self.errors, "an error")
        return self.of(Gst.MessageType.ERROR)[0].parse_error()


class ElementTest(unittest.TestCase):
    def setUp(self):
        wait_for(lambda: not processes(), "the last test's process is gone")
        if os.path.exists(os.environ["FAKE_LOG"]):
            os.unlink(os.environ["FAKE_LOG"])

    def check_running(self, player):
        """Time goes on: no step back, and no error."""
        steps = [b - a for a, b in zip(player.times, player.times[1:])]
        self.assertGreaterEqual(min(steps), 0)
        self.assertEqual([], player.errors())
        self.assertEqual([], player.of(Gst.MessageType.EOS))


class Playing(ElementTest):
    def test_decodes_frames(self):
        with Player("rtsp://fake/") as player:
            player.wait_frames(100)
            self.check_running(player)
            self.assertEqual(["stream_0"], player.pads)
            self.assertEqual(1, player.no_more_pads)
            # As programs ask in their handler.
            self.assertEqual(player.caps[0], player.first_caps[0].to_string())
            caps = Gst.Caps.from_string(player.caps[0]).get_structure(0)
            self.assertEqual("application/x-rtp", caps.get_name())
            self.assertEqual("H264", caps.get_string("encoding-name"))
            self.assertEqual("first", caps.get_string("a-note"))
            self.assertFalse(caps.has_field("clock-base"))

    def test_nothing_is_waited_for_before_the_first_packet(self):
        """A jitter buffer holds a first packet that it does not know as such for its latency."""
        with Player("rtsp://fake/", " latency=60000 ! fakesink name=sink sync=false") as player:
            player.wait_frames(1)

    def test_frames_keep_their_distance(self):
        with Player("rtsp://fake/?fps=50") as player:
            player.wait_frames(80)
        steps = sorted(b - a for a, b in zip(player.times[20:], player.times[21:]))
        self.assertLess(abs(steps[len(steps) // 2] - 20 * Gst.MSECOND), 3 * Gst.MSECOND)

    def test_audio_and_video(self):
        rest = (" latency=50 source. ! application/x-rtp,media=video ! rtph264depay ! fakesink "
                "source. ! application/x-rtp,media=audio ! rtppcmudepay ! fakesink name=sink")
        with Player("rtsp://fake/?audio=1", rest) as player:
            player.wait_frames(50)
            self.assertEqual(["stream_0", "stream_1"], sorted(player.pads))
            self.assertEqual(1, player.no_more_pads)

    def test_a_stream_has_the_same_id_at_each_start(self):
        ids = []
        for login in ("", "me:secret@"):
            with Player("rtsp://%sfake/?audio=1" % login, " latency=50 ! fakesink") as player:
                wait_for(lambda: player.no_more_pads == 1, "both pads")
                ids.append([pad.get_stream_id() for pad in player.source.pads])
        self.assertEqual(ids[0], ids[1])
        self.assertEqual(2, len(set(ids[0])))

    def test_the_pad_of_the_video_is_first(self):
        """Whoever takes the first pad expects the video, which begins with a key frame."""
        rest = " latency=50 ! fakesink name=sink source. ! fakesink"
        with Player("rtsp://fake/?audio=1&late=60", rest) as player:
            wait_for(lambda: player.no_more_pads == 1, "both pads")
            self.assertEqual(["stream_0", "stream_1"], player.pads)

    def test_video_that_does_not_come_is_not_waited_for(self):
        rest = " latency=50 ! fakesink name=sink"
        with Player("rtsp://fake/?audio=1&late=100000", rest) as player:
            player.wait_frames(10)
            self.assertEqual(["stream_1"], player.pads)

    def test_reports_move_time_in_small_steps(self):
        rest = (" latency=50 source. ! application/x-rtp,media=video ! fakesink "
                "source. ! application/x-rtp,media=audio ! fakesink name=sink sync=false")
        with Player("rtsp://fake/?audio=1&lag=900", rest) as player:
            player.wait_frames(200)
            self.check_running(player)
            # An adjustment at once would be a step of 900 ms.
            self.assertLess(max(b - a for a, b in zip(player.times, player.times[1:])),
                            500 * Gst.MSECOND)
            # The offset arrives all the same: by more than the audio's own 10 ms a packet.
            steps = sorted(b - a for a, b in zip(player.times[80:], player.times[81:]))
            self.assertGreater(steps[len(steps) // 2], 11 * Gst.MSECOND)

    def test_a_silent_track_does_not_keep_back_no_more_pads(self):
        with Player("rtsp://fake/?silent=1") as player:
            wait_for(lambda: player.no_more_pads == 1, "no-more-pads")
            self.assertEqual(["stream_0"], player.pads)

    def test_select_stream(self):
        player = Player("rtsp://fake/?audio=1")
        player.source.connect("select-stream",
            lambda _, number, caps: caps.get_structure(0).get_string("media") == "video")
        with player:
            player.wait_frames(50)
            self.assertEqual(["stream_0"], player.pads)
            self.assertEqual(1, player.no_more_pads)

    def test_new_manager(self):
        player = Player("rtsp://fake/")
        managers = []
        player.source.connect("new-manager", lambda _, manager: managers.append(manager.get_name()))
        with player:
            self.assertEqual(["manager"], managers)

    def test_properties_reach_rtpbin(self):
        with Player("rtsp://fake/", properties="drop-on-latency=true buffer-mode=auto") as player:
            rtpbin = player.source.get_by_name("manager")
            self.assertEqual(50, rtpbin.get_property("latency"))
            self.assertTrue(rtpbin.get_property("drop-on-latency"))
            self.assertEqual("slave", rtpbin.get_property("buffer-mode").value_nick)
            player.source.set_property("latency", 70)
            self.assertEqual(70, rtpbin.get_property("latency"))

    def test_latency_is_answered(self):
        with Player("rtsp://fake/") as player:
            player.wait_frames(10)
            query = Gst.Query.new_latency()
            self.assertTrue(player.source.get_static_pad("stream_0").query(query))
            live, least, _ = query.parse_latency()
            self.assertTrue(live)
            self.assertGreaterEqual(least, 50 * Gst.MSECOND)

    def test_the_stream_ends_with_the_last_branch_that_is_linked(self):
        rest = (" latency=50 source. ! application/x-rtp,media=video ! identity eos-after=5 "
                "! fakesink name=sink")
        with Player("rtsp://fake/?audio=1", rest) as player:
            player.wait_frames(4)
            wait_for(lambda: "photofinishsrc" not in threads(), "the thread has ended")
            self.assertEqual([], player.errors())

    def test_seeks_are_refused(self):
        with Player("rtsp://fake/") as player:
            player.wait_frames(10)
            self.assertFalse(player.pipeline.seek_simple(
                Gst.Format.TIME, Gst.SeekFlags.FLUSH, Gst.SECOND))
            count = len(player.times)
            player.wait_frames(count + 20)

    def test_force_key_unit_reaches_the_process(self):
        with Player("rtsp://fake/") as player:
            player.wait_frames(10)
            event = Gst.Event.new_custom(Gst.EventType.CUSTOM_UPSTREAM,
                                         Gst.Structure.new_empty("GstForceKeyUnit"))
            self.assertTrue(player.source.get_static_pad("stream_0").send_event(event))
            wait_for(lambda: log("key-frame"), "key-frame")

    def test_uri_handler(self):
        source = Gst.Element.make_from_uri(Gst.URIType.SRC, "photofinish://fake:554/a?b=1", None)
        self.assertEqual("photofinishsrc", source.get_factory().get_name())
        self.assertEqual("photofinish://fake:554/a?b=1", source.get_uri())
        source.set_property("location", "rtsps://fake/")
        self.assertEqual("photofinishs://fake/", source.get_uri())
        with self.assertRaises(GLib.Error) as refused:
            source.set_uri("photofinish://user:secret@")
        self.assertEqual("no host in the address: expected photofinish://HOST[:PORT]/PATH",
                         refused.exception.message)

    def test_uridecodebin(self):
        pipeline = Gst.parse_launch(
            "uridecodebin uri=photofinish://fake/?audio=1 caps=video/x-raw ! fakesink name=sink")
        buffers = []
        pipeline.get_by_name("sink").get_static_pad("sink").add_probe(
            Gst.PadProbeType.BUFFER,
            lambda _, info: buffers.append(info.get_buffer().pts) or Gst.PadProbeReturn.OK)
        pipeline.set_state(Gst.State.PLAYING)
        wait_for(lambda: len(buffers) > 20, "decoded frames")
        pipeline.set_state(Gst.State.NULL)

    def test_playbin(self):
        pipeline = Gst.parse_launch(
            "playbin uri=photofinish://fake/?audio=1 audio-sink=fakesink video-sink=\"fakesink name=video\"")
        pipeline.set_state(Gst.State.PLAYING)
        video = pipeline.get_property("video-sink")
        wait_for(lambda: video.get_property("stats").get_uint64("rendered")[1] > 10, "frames")
        pipeline.set_state(Gst.State.NULL)


class Settings(ElementTest):
    def test_options_are_sent(self):
        with Player("rtspt://fake/a", properties="connection-racing=hybrid racing-delay-ms=100 "
                    "user-id=me user-pw=secret"):
            wait_for(lambda: log("open"), "open")
        self.assertEqual({"location": "rtsp://fake/a", "user-id": "me", "user-pw": "secret",
                          "certificates": "untrusted",
                          "options": {"connection-racing": "hybrid", "racing-delay-ms": "100",
                                      "transport": "tcp"}}, log("open")[0]["open"])

    def test_no_location(self):
        player = Player("")
        self.assertEqual(Gst.StateChangeReturn.FAILURE,
                         player.pipeline.set_state(Gst.State.PLAYING))
        error, _ = player.wait_error()
        self.assertIn("No location", error.message)
        player.pipeline.set_state(Gst.State.NULL)
        self.assertEqual([], log())

    def test_error_of_the_process(self):
        codes = {"settings": Gst.ResourceError.SETTINGS, "not-found": Gst.ResourceError.NOT_FOUND,
                 "not-authorized": Gst.ResourceError.NOT_AUTHORIZED,
                 "open-read": Gst.ResourceError.OPEN_READ, "failed": Gst.ResourceError.FAILED}
        for kind, code in codes.items():
            with Player("rtsp://fake/?error=" + kind) as player:
                error, debug = player.wait_error()
                self.assertTrue(error.matches(Gst.ResourceError.quark(), code), kind)
                self.assertEqual("this is how it fails", error.message)
                self.assertIn("racing-delay-ms", debug)

    def test_what_is_not_supported_warns_once(self):
        player = Player("rtsp://fake/", properties="do-rtcp=false port-range=1-2 retry=3")
        with player:
            player.wait_frames(5)
            player.pipeline.set_state(Gst.State.READY)
            player.play()
            warnings = [m.parse_warning()[0].message for m in player.of(Gst.MessageType.WARNING)]
        self.assertEqual(["Properties that photofinishsrc does not support are ignored: "
                          "do-rtcp, port-range"], warnings)

    def test_a_clock_of_the_camera_that_is_not_kept_warns(self):
        properties = "rfc7273-sync=true add-reference-timestamp-meta=true ntp-sync=true"
        with Player("rtsp://fake/", properties=properties) as player:
            player.wait_frames(5)
            self.assertIn("rfc7273-sync, add-reference-timestamp-meta",
                          player.of(Gst.MessageType.WARNING)[0].parse_warning()[0].message)

    def test_a_signal_that_is_never_emitted_warns_once(self):
        player = Player("rtsp://fake/")
        player.source.connect("before-send", lambda *_: True)
        with player:
            player.wait_frames(5)
            player.pipeline.set_state(Gst.State.READY)
            player.play()
            warnings = [m.parse_warning()[0].message for m in player.of(Gst.MessageType.WARNING)]
        self.assertEqual(["Signals that photofinishsrc never emits have handlers: before-send"], warnings)

    def test_every_signal_of_rtspsrc_is_there(self):
        def signals(name):
            queries = [GObject.signal_query(id) for id in
                       GObject.signal_list_ids(Gst.ElementFactory.make(name).__gtype__)]
            return {q.signal_name: (q.return_type.name, [t.name for t in q.param_types])
                    for q in queries}

        ours = signals("photofinishsrc")
        for name, types in signals("rtspsrc").items():
            self.assertEqual(types, ours[name], name)

    def test_every_property_of_rtspsrc_is_there(self):
        theirs = {spec.name: spec for spec in Gst.ElementFactory.make("rtspsrc").list_properties()}
        ours = {spec.name: spec for spec in Gst.ElementFactory.make("photofinishsrc").list_properties()}
        self.assertEqual(set(), set(theirs) - set(ours))
        for name, spec in theirs.items():
            own = "" if spec.value_type.name.startswith("GstRTSPSrc") else spec.value_type.name
            if own not in ("", "GstRTSPNatMethod", "GstRTSPBackchannel"):
                self.assertEqual(own, ours[name].value_type.name, name)


class ToTheCamera(ElementTest):
    """What rtspsrc's actions send."""

    def ask(self, player, *arguments):
        """The reply of an action, as text."""
        promise = Gst.Promise.new()
        self.assertTrue(player.source.emit(*arguments, promise), arguments)
        self.assertEqual(Gst.PromiseResult.REPLIED, promise.wait())
        return promise.get_reply()

    def test_parameters(self):
        with Player("rtsp://fake/") as player:
            player.wait_frames(1)
            reply = self.ask(player, "get-parameter", "light", None)
            self.assertEqual("get-parameter-reply", reply.get_name())
            self.assertEqual((0, 200), tuple(reply.get_int(name)[1]
                                             for name in ("rtsp-result", "rtsp-code")))
            self.assertEqual("OK", reply.get_string("rtsp-reason"))
            self.assertEqual("light: on\r\n", reply.get_string("body"))
            self.ask(player, "get-parameters", ["a", "b"], "text/x")
            reply = self.ask(player, "set-parameter", "light", "on \"1\"", None)
            self.assertEqual("set-parameter-reply", reply.get_name())
            self.assertEqual((0, 451), tuple(reply.get_int(name)[1]
                                             for name in ("rtsp-result", "rtsp-code")))
            self.assertEqual("Parameter Not Understood", reply.get_string("rtsp-reason"))
            self.assertTrue(player.source.emit("get-parameter", "light", None, None))
            wait_for(lambda: len(log("parameter")) == 4, "the last")
        text = "text/parameters"
        self.assertEqual(
            [("GET_PARAMETER", text, "light:\r\n"), ("GET_PARAMETER", "text/x", "a:\r\nb:\r\n"),
             ("SET_PARAMETER", text, "light: on \"1\"\r\n"), ("GET_PARAMETER", text, "light:\r\n")],
            [(p["asked"]["method"], p["asked"]["content-type"], p["asked"]["body"])
             for p in log("parameter")])

    def test_a_camera_that_does_not_answer(self):
        with Player("rtsp://fake/") as player:
            player.wait_frames(1)
            reply = self.ask(player, "set-parameter", "away", "1", None)
            self.assertEqual(-1, reply.get_int("rtsp-result")[1])
            self.assertEqual("the camera is not connected at present",
                             reply.get_string("rtsp-reason"))

    def test_parameters_that_cannot_be_sent(self):
        source = Gst.ElementFactory.make("photofinishsrc")
        promise = Gst.Promise.new()
        self.assertFalse(source.emit("get-parameter", "a", None, promise))
        self.assertEqual(Gst.PromiseResult.EXPIRED, promise.wait())
        with Player("rtsp://fake/") as player:
            player.wait_frames(1)
            for arguments in (("get-parameter", None, None), ("get-parameter", "", None),
                              ("get-parameter", "a b", None), ("get-parameter", "a\r\nb", None),
                              ("get-parameters", ["a", "x" * 66000], None),
                              ("set-parameter", "a", None, None),
                              ("set-parameter", "a", "1\r\nb: 2", None)):
                promise = Gst.Promise.new()
                self.assertFalse(player.source.emit(*arguments, promise), arguments)
                self.assertEqual(Gst.PromiseResult.EXPIRED, promise.wait())
            self.assertEqual([], log("parameter"))

    def test_parameters_of_a_process_that_dies(self):
        with Player("rtsp://fake/?answer=die") as player:
            player.wait_frames(1)
            reply = self.ask(player, "get-parameter", "a", None)
            self.assertEqual("the photofinish process ended before the answer came",
                             reply.get_string("rtsp-reason"))

    def test_parameters_of_a_stream_that_is_stopped(self):
        with Player("rtsp://fake/?answer=never") as player:
            player.wait_frames(1)
            promises = [Gst.Promise.new() for _ in range(65)]
            sent = [player.source.emit("get-parameter", "a", None, p) for p in promises]
            self.assertEqual(64 * [True] + [False], sent)
            player.pipeline.set_state(Gst.State.READY)
            self.assertEqual(Gst.PromiseResult.REPLIED, promises[0].wait())
            self.assertEqual("the stream ended before the answer came",
                             promises[0].get_reply().get_string("rtsp-reason"))

    def test_parameters_before_the_pipeline_runs(self):
        player = Player("rtsp://fake/")
        player.state = Gst.State.PAUSED
        with player:
            wait_for(lambda: log("open"), "the stream")
            self.assertEqual(200, self.ask(player, "get-parameter", "a", None)
                             .get_int("rtsp-code")[1])

    def test_on_sdp(self):
        player = Player("rtsp://fake/")
        order = []
        player.source.connect("on-sdp", lambda _, sdp: order.append("on-sdp"))
        player.source.connect("select-stream", lambda *_: order.append("select-stream") or True)
        with player:
            player.wait_frames(5)
            self.assertEqual(["on-sdp", "select-stream"], order)

    def push(self, player, number):
        buffer = Gst.Buffer.new_wrapped(bytes(range(20)))
        return player.source.emit("push-backchannel-sample", number,
                                  Gst.Sample.new(buffer, None, None, None))

    def test_audio_to_the_camera(self):
        player = Player("rtsp://fake/?talk=1", properties="backchannel=onvif")
        offered = {}
        player.source.connect("select-stream",
            lambda _, number, caps: offered.update({number: caps.to_string()}) or True)
        with player:
            player.wait_frames(1)
            wait_for(lambda: 1 in offered, "the back channel")
            self.assertIn("a-sendonly", offered[1])
            wait_for(lambda: self.push(player, 1) == Gst.FlowReturn.OK, "it is taken")
            wait_for(lambda: log("talk"), "the packet")
            self.assertEqual(bytes(range(20)).hex(), log("talk")[0]["packet"])
            self.assertEqual("on", log("open")[0]["open"]["options"]["back-channel"])
            self.assertEqual(Gst.FlowReturn.NOT_LINKED, self.push(player, 0))
            self.assertEqual(["stream_0"], player.pads)
            player.pipeline.set_state(Gst.State.READY)
            self.assertEqual(Gst.FlowReturn.FLUSHING, self.push(player, 1))

    def test_a_back_channel_that_is_not_selected(self):
        player = Player("rtsp://fake/?talk=1")
        player.source.connect("select-stream", lambda _, number, caps: number == 0)
        with player:
            player.wait_frames(5)
            self.assertEqual(Gst.FlowReturn.NOT_LINKED, self.push(player, 1))


class Certificates(ElementTest):
    """Of a camera that shows camera.pem, self-signed, of the host named `camera`."""
    UNKNOWN, IDENTITY = Gio.TlsCertificateFlags.UNKNOWN_CA, Gio.TlsCertificateFlags.BAD_IDENTITY
    FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "camera.pem")

    def play(self, host, properties="", database=None, answer=None):
        """Whether the certificate is accepted, and what a handler was asked."""
        player = Player("rtsp://fake/?cert=" + host, properties=properties)
        asked = []
        if database is not None:
            player.source.set_property("tls-database", database)
        if answer is not None:
            player.source.connect("accept-certificate", lambda _, connection, certificate, errors:
                                  asked.append((connection, certificate, errors)) or answer)
        with player:
            wait_for(lambda: log("certificate"), "the answer")
            accepted = log("certificate")[-1]["accepted"]
            if accepted:
                player.wait_frames(1)
            self.assertEqual([], player.of(Gst.MessageType.WARNING))
        wait_for(lambda: not processes(), "the process is gone")
        os.unlink(os.environ["FAKE_LOG"])
        return accepted, asked

    def test_a_handler_accepts_or_not(self):
        for answer in (True, False):
            accepted, [(connection, certificate, errors)] = self.play("camera", answer=answer)
            self.assertEqual(answer, accepted)
            self.assertIsNone(connection)
            self.assertTrue(certificate.is_same(Gio.TlsCertificate.new_from_file(self.FILE)))
            self.assertEqual(self.UNKNOWN, errors)
        _, [(_, _, errors)] = self.play("other", answer=True)
        self.assertEqual(self.UNKNOWN | self.IDENTITY, errors)

    def test_nobody_accepts(self):
        self.assertEqual((False, []), self.play("camera"))

    def test_the_database_of_the_application(self):
        database = Gio.TlsFileDatabase.new(self.FILE)
        self.assertEqual((True, []), self.play("camera", database=database, answer=False))
        accepted, [(_, _, errors)] = self.play("other", database=database, answer=False)
        self.assertEqual((False, self.IDENTITY), (accepted, errors))

    def test_what_is_not_validated_is_not_asked_about(self):
        accepted, asked = self.play("other", "tls-validation-flags=expired+revoked", answer=False)
        self.assertEqual((True, []), (accepted, asked))
        accepted, [(_, _, errors)] = self.play("other", "tls-validation-flags=unknown-ca",
                                               answer=False)
        self.assertEqual((False, self.UNKNOWN), (accepted, errors))

    def test_which_certificates_are_shown(self):
        for insecure, shown in ((False, "all"), (True, "untrusted")):
            player = Player("rtsp://fake/")
            player.source.set_property("tls-database", Gio.TlsFileDatabase.new(self.FILE))
            player.source.set_property("tls-insecure", insecure)
            with player:
                wait_for(lambda: log("open"), "open")
            self.assertEqual(shown, log("open")[0]["open"]["certificates"])
            wait_for(lambda: not processes(), "the process is gone")
            os.unlink(os.environ["FAKE_LOG"])


class Messages(ElementTest):
    RACE = '{"event":"race","at":11,"result":"won","winner":{"attempt":1},"attempts":[{"n":1}]}'

    def test_events(self):
        with Player("rtsp://fake/") as player:
            player.source.set_property("location", "rtsp://fake/?event=" + self.RACE)
            player.pipeline.set_state(Gst.State.READY)
            self.assertIsNone(player.source.get_property("last-race"))
            player.play()
            wait_for(lambda: player.element_messages("photofinish-race"), "the race")
            race = player.element_messages("photofinish-race")[0]
            self.assertEqual(11, race.get_int64("at")[1])
            self.assertEqual(self.RACE, race.get_string("json"))
            self.assertEqual(self.RACE, player.source.get_property("last-race"))

    def test_the_first_retry_before_anything_came_is_a_warning(self):
        retry = '{"event":"retry","attempt":1,"delayMs":30000,"reason":"no stream at this address"}'
        with Player("rtsp://fake/") as player:
            player.wait_frames(5)
            player.pipeline.set_state(Gst.State.READY)
            player.source.set_property("location", "rtsp://fake/?event=" + retry)
            player.play()
            wait_for(lambda: player.of(Gst.MessageType.WARNING), "a warning")
            error, _ = player.of(Gst.MessageType.WARNING)[0].parse_warning()
            self.assertEqual("no stream at this address", error.message)
            self.assertTrue(error.matches(Gst.ResourceError.quark(), Gst.ResourceError.OPEN_READ))

    def test_stats(self):
        with Player("rtsp://fake/") as player:
            player.wait_frames(10)
            stats = player.source.get_property("stats")
            self.assertEqual("PLAYING", stats.get_string("state"))
            self.assertEqual(log("start")[0]["pid"], stats.get_int("process")[1])
            self.assertEqual(0, stats.get_uint("process-restarts")[1])
        self.assertEqual("application/x-photofinish-stats",
                         Gst.ElementFactory.make("photofinishsrc").get_property("stats").get_name())


class Reconnecting(ElementTest):
    def test_a_gap_is_a_discont(self):
        with Player("rtsp://fake/?gap=50") as player:
            player.wait_frames(140)
            self.check_running(player)
            self.assertEqual(["stream_0"], player.pads)
            self.assertEqual(1, len(player.caps))
            self.assertEqual(3, len(player.discont))
            self.assertGreater(max(b - a for a, b in zip(player.times, player.times[1:])),
                               400 * Gst.MSECOND)

    def test_the_process_dies_again_and_again(self):
        with Player("rtsp://fake/?die=60") as player:
            player.wait_frames(150)
            self.check_running(player)
            self.assertEqual(["stream_0"], player.pads)
            self.assertEqual(1, len(player.caps))
            died = player.element_messages("photofinish-process")
            self.assertGreaterEqual(len(died), 2)
            self.assertEqual(0, died[0].get_int64("delayMs")[1])
            self.assertEqual(len(died), player.source.get_property("stats")
                             .get_uint("process-restarts")[1])

    def test_what_comes_at_once_does_not_turn_time_back(self):
        rest = (" latency=50 source. ! application/x-rtp,media=video ! fakesink "
                "source. ! application/x-rtp,media=audio ! fakesink name=sink sync=false")
        with Player("rtsp://fake/?fps=25&audio=1&die=5&burst=100", rest) as player:
            player.wait_frames(106)
            self.check_running(player)

    def test_a_broken_message(self):
        with Player("rtsp://fake/?broken=60") as player:
            player.wait_frames(100)
            self.check_running(player)
            reason = player.element_messages("photofinish-process")[0].get_string("reason")
            self.assertEqual("a message is malformed", reason)

    def test_a_process_that_does_not_read(self):
        with Player("rtsp://fake/") as player:
            player.wait_frames(5)
            os.kill(log("start")[0]["pid"], signal.SIGSTOP)
            # The first fills the socket, the second is more than may wait.
            with Player("rtsp://fake/" + 700000 * "1"), Player("rtsp://fake/" + 700000 * "2"):
                wait_for(lambda: player.element_messages("photofinish-process"), "another process")
            reason = player.element_messages("photofinish-process")[0].get_string("reason")
            self.assertEqual("it does not read", reason)

    def test_a_process_that_hangs(self):
        with Player("rtsp://fake/") as player:
            player.wait_frames(5)
            hanging = log("start")[0]["pid"]
            os.kill(hanging, signal.SIGSTOP)
            wait_for(lambda: player.element_messages("photofinish-process"), "another process", 60)
            reason = player.element_messages("photofinish-process")[0].get_string("reason")
            self.assertEqual("it hangs", reason)
            player.wait_frames(len(player.times) + 50)
            self.check_running(player)
            wait_for(lambda: not alive(hanging), "the end of the one that hung")

    def test_a_process_without_media_does_not_hang(self):
        with Player("rtsp://fake/?mute=1") as player:
            wait_for(lambda: len(log("asked")) > 5, "questions", 60)
            self.assertEqual([], player.element_messages("photofinish-process"))
            self.assertEqual(1, len(log("start")))

    def test_other_caps(self):
        with Player("rtsp://fake/?caps=50") as player:
            player.wait_frames(150)
            self.check_running(player)
            self.assertEqual(["stream_0"], player.pads)
            notes = [Gst.Caps.from_string(caps).get_structure(0) for caps in player.caps]
            self.assertEqual(["first", "second"], [caps.get_string("a-note") for caps in notes])
            self.assertEqual([96, 96], [caps.get_int("payload")[1] for caps in notes])

    def test_another_codec(self):
        with Player("rtsp://fake/?caps=50&codec=H265") as player:
            error, _ = player.wait_error()
            self.assertEqual("The camera came back with H265 in place of H264, which this pipeline "
                             "does not take: start it anew", error.message)
            self.assertTrue(error.matches(Gst.StreamError.quark(), Gst.StreamError.FORMAT))

    def test_another_codec_that_the_pipeline_takes(self):
        rest = " latency=50 ! fakesink name=sink sync=false"
        with Player("rtsp://fake/?caps=50&codec=H265", rest) as player:
            player.wait_frames(100)
            wait_for(lambda: len(player.caps) == 2, "other caps")
            self.assertEqual("H265", Gst.Caps.from_string(player.caps[1]).get_structure(0)
                             .get_string("encoding-name"))
            self.check_running(player)

    def test_eos(self):
        with Player("rtsp://fake/?eos=50") as player:
            wait_for(lambda: player.of(Gst.MessageType.EOS), "EOS")
            self.assertEqual([], player.errors())
            self.assertEqual(50, len(player.times))

    def test_eos_of_the_application(self):
        with Player("rtsp://fake/") as player:
            player.wait_frames(20)
            self.assertTrue(player.pipeline.send_event(Gst.Event.new_eos()))
            wait_for(lambda: player.of(Gst.MessageType.EOS), "EOS")

    def test_eos_of_the_application_before_any_media(self):
        with Player("rtsp://fake/?mute=1") as player:
            wait_for(lambda: log("open"), "the stream")
            self.assertTrue(player.pipeline.send_event(Gst.Event.new_eos()))
            wait_for(lambda: player.of(Gst.MessageType.ERROR), "an error")
            self.assertIn("ended before any media", player.errors()[0])

    def test_a_pipeline_that_stays_paused(self):
        """More comes than may wait before the pipeline runs: the oldest is dropped."""
        player = Player("rtsp://fake/?fps=5000")
        player.state = Gst.State.PAUSED
        with player:
            wait_for(lambda: self.sent(player) > 6000, "more than may wait")
            player.play()
            player.wait_frames(100)
            self.check_running(player)

    @staticmethod
    def sent(player):
        """The frames that the process has sent."""
        stats = player.source.get_property("stats").to_string()
        found = re.search(r"packets\\+=\\+\(gint64\\+\)(\d+)", stats)
        return int(found[1]) if found else 0

    def test_a_pipeline_that_does_not_read(self):
        with Player("rtsp://fake/?fps=5000") as player:
            player.wait_frames(10)
            player.pipeline.set_state(Gst.State.PAUSED)
            count = len(player.times)
            player.play()
            wait_for(lambda: log("key-frame"), "key-frame")
            player.wait_frames(count + 100)
            self.check_running(player)


class Starting(ElementTest):
    def start(self, name, value):
        os.environ[name] = value
        self.addCleanup(os.environ.pop, name)

    def test_no_program(self):
        program = os.environ["PHOTOFINISH"]
        self.addCleanup(os.environ.__setitem__, "PHOTOFINISH", program)
        os.environ["PHOTOFINISH"] = "/nowhere/photofinish"
        with Player("rtsp://fake/") as player:
            error, _ = player.wait_error()
            self.assertEqual("cannot start /nowhere/photofinish: No such file or directory; set "
                             "PHOTOFINISH to the path of the photofinish program", error.message)

    def test_a_program_that_ends_at_once(self):
        self.start("FAKE_START", "fail")
        with Player("rtsp://fake/") as player:
            error, _ = player.wait_error()
            self.assertEqual("the photofinish process ended 5 times before it was ready; it said: "
                             "no Java at PATH", error.message)

    def test_what_a_program_writes_is_shown_as_text(self):
        self.start("FAKE_START", "garbage")
        with Player("rtsp://fake/") as player:
            error, _ = player.wait_error()
            self.assertEqual("the photofinish process ended 5 times before it was ready; it said: "
                             "no?[2J ???Java ??é", error.message)

    def test_another_version(self):
        self.start("FAKE_HELLO", "version")
        with Player("rtsp://fake/") as player:
            error, _ = player.wait_error()
            self.assertEqual("photofinish speaks version 9 of the plugin's protocol and this plugin "
                             "version 2; take both from one release", error.message)

    def test_state_changes_do_not_wait_for_the_process(self):
        self.start("FAKE_HELLO", "never")
        before = time.monotonic()
        player = Player("rtsp://fake/")
        self.assertEqual(Gst.StateChangeReturn.NO_PREROLL,
                         player.pipeline.set_state(Gst.State.PAUSED))
        player.play()
        player.source.get_property("stats")
        player.pipeline.set_state(Gst.State.NULL)
        self.assertLess(time.monotonic() - before, 1)

    def test_a_process_that_is_being_built(self):
        self.start("FAKE_HELLO", "build")
        with Player("rtsp://fake/") as player:
            wait_for(lambda: player.of(Gst.MessageType.WARNING), "a warning", 60)
            warning, _ = player.of(Gst.MessageType.WARNING)[0].parse_warning()
            self.assertEqual("The photofinish process is not ready yet; it says: "
                             "building photofinish ...", warning.message)
            self.assertEqual("building photofinish ...",
                             player.element_messages("photofinish-starting")[0].get_string("said"))
            self.assertEqual([], player.errors())

    def test_how_it_is_started(self):
        with Player("rtsp://fake/"):
            wait_for(lambda: log("hello"), "hello")
        start = log("start")[0]
        self.assertEqual(["gst-source", "--socket", "3"], start["arguments"])
        self.assertEqual(start["pid"], start["group"])
        self.assertEqual([4], start["descriptors"])  # of listing them


class Life(ElementTest):
    def test_elements_share_a_process(self):
        with Player("rtsp://fake/1") as one, Player("rtsp://fake/2") as two:
            one.wait_frames(5)
            two.wait_frames(5)
            self.assertEqual(1, len(log("start")))
            # In any order: they may wait for the process together.
            elements = sorted(line["element"] for line in log("open"))
            self.assertEqual([elements[0], elements[0] + 1], elements)
        wait_for(lambda: not processes(), "the process is gone")
        self.assertEqual(2, len(log("close")))
        self.assertEqual(1, len(log("end")))

    def test_a_killed_host_leaves_no_process(self):
        code = ("import gi; gi.require_version('Gst', '1.0'); from gi.repository import Gst; "
                "import os, time; Gst.init(None); "
                "p = Gst.parse_launch('photofinishsrc location=rtsp://fake/ ! fakesink'); "
                "p.set_state(Gst.State.PLAYING); time.sleep(1000)")
        host = subprocess.Popen([sys.executable, "-c", code])
        wait_for(lambda: log("open"), "open")
        host.kill()
        host.wait()
        wait_for(lambda: not processes(), "the process is gone")

    def test_a_fork_of_the_host_does_not_keep_the_process(self):
        code = ("import gi; gi.require_version('Gst', '1.0'); from gi.repository import Gst; "
                "import os, time; Gst.init(None); "
                "p = Gst.parse_launch('photofinishsrc location=rtsp://fake/ ! fakesink'); "
                "p.set_state(Gst.State.PLAYING); input(); "
                "child = os.fork(); print(child, flush=True) if child else None; time.sleep(1000)")
        host = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, text=True)
        wait_for(lambda: log("open"), "open")
        host.stdin.write("\n")
        host.stdin.flush()
        fork = int(host.stdout.readline())
        host.kill()
        host.wait()
        try:
            wait_for(lambda: not processes(), "the process is gone")
            self.assertTrue(alive(fork))
        finally:
            os.kill(fork, signal.SIGKILL)
            host.stdout.close()
            host.stdin.close()

    def test_a_host_that_closes_what_it_did_not_open(self):
        """As a program that becomes a daemon does: the stream goes on with another process."""
        def descriptors(kind):
            return {fd for fd in map(int, os.listdir("/proc/self/fd")) if fd > 2
                    and os.path.exists("/proc/self/fd/%d" % fd)
                    and os.readlink("/proc/self/fd/%d" % fd).startswith(kind)}

        player = Player("rtsp://fake/")
        player.state = Gst.State.READY
        with player:
            before = descriptors("socket:")
            player.play()
            player.wait_frames(20)
            for fd in descriptors("pipe:") | descriptors("socket:") - before:
                os.close(fd)
            player.wait_frames(len(player.times) + 200)
            self.assertEqual([], player.errors())
            self.assertEqual(1, len(player.element_messages("photofinish-process")))

    def test_state_changes_in_any_order_from_any_thread(self):
        player = Player("rtsp://fake/?fps=1000")
        states = [Gst.State.PLAYING, Gst.State.PAUSED, Gst.State.READY, Gst.State.NULL]

        def change(seed):
            for i in range(40):
                player.pipeline.set_state(states[(i * seed + i // 3) % 4])

        threads = [threading.Thread(target=change, args=(seed,)) for seed in (1, 3, 5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
            self.assertFalse(thread.is_alive())
        player.pipeline.set_state(Gst.State.NULL)
        with player:
            player.wait_frames(len(player.times) + 20)

    def test_one_is_removed_while_the_pipeline_plays(self):
        rest = (DECODE + " photofinishsrc name=other location=rtsp://fake/?fps=500 latency=0 "
                "! fakesink name=end sync=false async=false")
        with Player("rtsp://fake/", rest) as player:
            player.wait_frames(5)
            other, end = (player.pipeline.get_by_name(name) for name in ("other", "end"))
            wait_for(lambda: other.get_static_pad("stream_0"), "its pad")
            other.send_event(Gst.Event.new_flush_start())
            other.send_event(Gst.Event.new_flush_stop(True))
            # As documented for GStreamer: without a link that breaks under it.
            for element in (end, other):
                element.set_locked_state(True)
            other.set_state(Gst.State.NULL)
            player.pipeline.remove(other)
            end.set_state(Gst.State.NULL)
            player.pipeline.remove(end)
            wait_for(lambda: log("close"), "its stream is closed")
            player.wait_frames(len(player.times) + 50)
            self.check_running(player)
            self.assertEqual(1, len(log("start")))

    def test_its_own_thread_cannot_stop_it(self):
        player = Player("rtsp://fake/")
        player.source.set_property("location", 'rtsp://fake/?event={"event":"state"}')
        results = []

        def stop(_, message):
            if message.type == Gst.MessageType.ELEMENT:
                results.append(player.source.set_state(Gst.State.READY))

        player.pipeline.get_bus().connect("sync-message", stop)
        with player:
            wait_for(lambda: results, "the event")
            self.assertEqual([Gst.StateChangeReturn.FAILURE], results)
            self.assertEqual(Gst.StateChangeReturn.SUCCESS,
                             player.pipeline.set_state(Gst.State.NULL))

    def test_many_starts_leave_nothing(self):
        pipeline = Gst.parse_launch("photofinishsrc location=rtsp://fake/?fps=500 ! fakesink")

        def measure():
            # The process has two descriptors here, and starts and ends in a thread of its own.
            wait_for(lambda: "photofinish" not in threads(), "the process is gone")
            with open("/proc/self/statm") as file:
                return len(os.listdir("/proc/self/fd")), int(file.read().split()[1])

        for i in range(STARTS):
            pipeline.set_state(Gst.State.PLAYING)
            if i % 2:
                pipeline.get_state(0)
            pipeline.set_state(Gst.State.NULL)
            if i == STARTS // 5:
                descriptors, pages = measure()
        after_descriptors, after_pages = measure()
        self.assertLessEqual(after_descriptors, descriptors)
        self.assertLess((after_pages - pages) * 4096, 16 << 20)


STARTS = int(os.environ.get("STARTS", "200"))

if __name__ == "__main__":
    subprocess.run([sys.executable, os.path.join(os.path.dirname(__file__), "make_rtp.py"),
                    os.environ["FAKE_RTP"]], check=True)
    Gst.init(None)
    unittest.main()
