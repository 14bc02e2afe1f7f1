/** Tests of the page and the API of a relay. */
@NullMarked
package dev.photofinish.relay.web;

import org.jspecify.annotations.NullMarked;
