#include "certificate.h"

#include "signals.h"

#include <gio/gio.h>

GST_DEBUG_CATEGORY_EXTERN (photofinish_debug);
#define GST_CAT_DEFAULT photofinish_debug

/* The database of the application, else that of the system. */
static GTlsDatabase *
get_database (PhotofinishSrc *self)
{
  GST_OBJECT_LOCK (self);
  GTlsDatabase *database =
      g_value_dup_object (pf_settings_compat (&self->settings, PF_COMPAT_TLS_DATABASE));
  GST_OBJECT_UNLOCK (self);
  return database != NULL ? database
                          : g_tls_backend_get_default_database (g_tls_backend_get_default ());
}

/* What is wrong with a certificate, of what the application wants to be checked. */
static GTlsCertificateFlags
verify (PhotofinishSrc *self, GTlsCertificate *certificate, const char *host)
{
  GST_OBJECT_LOCK (self);
  GTlsCertificateFlags checked =
      g_value_get_flags (pf_settings_compat (&self->settings, PF_COMPAT_TLS_VALIDATION_FLAGS));
  GST_OBJECT_UNLOCK (self);
  GTlsDatabase *database = get_database (self);
  GSocketConnectable *identity = g_network_address_new (host, 0);
  GError *error = NULL;
  GTlsCertificateFlags wrong = database == NULL
      ? G_TLS_CERTIFICATE_UNKNOWN_CA
      : g_tls_database_verify_chain (database, certificate,
            G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, identity, NULL, G_TLS_DATABASE_VERIFY_NONE,
            NULL, &error);
  if (error != NULL) {
    GST_WARNING_OBJECT (self, "the certificate of %s cannot be verified: %s", host, error->message);
    wrong |= G_TLS_CERTIFICATE_GENERIC_ERROR;
  }
  g_clear_error (&error);
  g_object_unref (identity);
  g_clear_object (&database);
  return wrong & checked;
}

gboolean
pf_certificate_accepted (PhotofinishSrc *self, const GstStructure *question)
{
  const char *host = gst_structure_get_string (question, "host");
  const char *pem = gst_structure_get_string (question, "certificates");
  GError *error = NULL;
  if (host == NULL || pem == NULL)
    return FALSE;
  GTlsCertificate *certificate = g_tls_certificate_new_from_pem (pem, -1, &error);
  if (certificate == NULL) {
    GST_ELEMENT_WARNING (self, RESOURCE, SETTINGS,
        ("The certificate of %s cannot be shown to this program: %s", host, error->message),
        ("GLib's TLS is in glib-networking"));
    g_error_free (error);
    return FALSE;
  }
  GTlsCertificateFlags wrong = verify (self, certificate, host);
  gboolean accepted =
      wrong == 0 || pf_signals_accept_certificate (GST_ELEMENT (self), certificate, wrong);
  GST_INFO_OBJECT (self, "the certificate of %s is %s, errors 0x%x", host,
      accepted ? "accepted" : "not accepted", (guint) wrong);
  g_object_unref (certificate);
  return accepted;
}
