@NullMarked
package dev.photofinish.rtp.srtp;

import org.jspecify.annotations.NullMarked;
