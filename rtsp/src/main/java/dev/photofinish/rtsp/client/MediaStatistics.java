package dev.photofinish.rtsp.client;

import java.time.Duration;

/**
 * The statistics of one media since the stream was opened, over all its connections (RFC 3550
 * sections 6.4.1 and A).
 *
 * @param packets received, duplicates included
 * @param bytes of those packets, RTP headers included
 * @param lost expected less received, never below 0 in total; what was missed while there was no
 *     connection is an outage, not loss
 * @param reordered packets that came after one with a higher sequence number
 * @param droppedByKernel datagrams of its ports that the kernel dropped, since they came faster
 *     than they were read; most of them are among the lost ones. Known on Linux, within 5 s; else 0
 * @param rejected encrypted packets (SRTP, SRTCP) that were dropped: not authentic, replayed, or
 *     under a key that the camera did not give
 * @param jitter interarrival jitter of the present source
 */
public record MediaStatistics(
    MediaStream stream,
    long packets,
    long bytes,
    long lost,
    long reordered,
    long droppedByKernel,
    long rejected,
    Duration jitter) {}
