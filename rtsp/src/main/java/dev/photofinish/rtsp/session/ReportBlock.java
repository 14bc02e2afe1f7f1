package dev.photofinish.rtsp.session;

/**
 * One report block (RFC 3550 section 6.4.1).
 *
 * @param ssrc of the source reported on
 * @param fractionLost since the report before, in 256ths
 * @param lost cumulative, 24 bits signed
 * @param highestSequence extended by its cycles
 * @param jitter in ticks
 * @param lastSenderReport the middle 32 bits of its NTP time, 0 for none
 * @param delay since that report, in 1/65536 s
 */
public record ReportBlock(
    long ssrc,
    int fractionLost,
    int lost,
    long highestSequence,
    long jitter,
    long lastSenderReport,
    long delay) {}
