/**
 * Retries as pure state machines: {@link dev.photofinish.retry.RetrySchedule} takes what became of
 * each try and answers with a delay or gives up, {@link dev.photofinish.clientlimit.LimitMemory}
 * keeps what was learnt about devices that take few clients. Nothing here reads a clock, sleeps or
 * owns a random generator.
 */
@NullMarked
package dev.photofinish.retry;

import org.jspecify.annotations.NullMarked;
