/* For tests of the plugin's parts: a check that fails says where, and ends the test. */
#ifndef PF_CHECK_H
#define PF_CHECK_H

#include <gst/gst.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The plugin's entry, which has it, is not linked. */
GST_DEBUG_CATEGORY (photofinish_debug);

#define CHECK(condition)                                                                           \
  do {                                                                                             \
    if (!(condition)) {                                                                            \
      fprintf (stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                     \
      exit (1);                                                                                    \
    }                                                                                              \
  } while (0)

#define CHECK_TEXT(actual, expected)                                                               \
  do {                                                                                             \
    const char *actual_ = (actual), *expected_ = (expected);                                       \
    if (g_strcmp0 (actual_, expected_) != 0) {                                                     \
      fprintf (stderr, "%s:%d: is        %s\nexpected %s\n", __FILE__, __LINE__,                   \
          actual_ == NULL ? "NULL" : actual_, expected_ == NULL ? "NULL" : expected_);             \
      exit (1);                                                                                    \
    }                                                                                              \
  } while (0)

#endif
