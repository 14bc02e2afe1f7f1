/* Numbers in network order, at any address. */
#ifndef PF_BYTES_H
#define PF_BYTES_H

#include <glib.h>

static inline guint16
pf_read16 (const guint8 *at)
{
  return (guint16) (at[0] << 8 | at[1]);
}

static inline guint32
pf_read32 (const guint8 *at)
{
  return (guint32) pf_read16 (at) << 16 | pf_read16 (at + 2);
}

static inline void
pf_write16 (guint8 *at, guint16 value)
{
  at[0] = (guint8) (value >> 8);
  at[1] = (guint8) value;
}

static inline void
pf_write32 (guint8 *at, guint32 value)
{
  pf_write16 (at, (guint16) (value >> 16));
  pf_write16 (at + 2, (guint16) value);
}

#endif
