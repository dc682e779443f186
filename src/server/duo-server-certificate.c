/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-server-certificate.h"

#include <gnutls/gnutls.h>

/* What GIO says of a file that is not there has its name. */
static void
name_file (const char *file, GError **error)
{
  if (error != NULL && (*error)->domain == G_TLS_ERROR)
    g_prefix_error (error, "%s: ", file);
}

/* GIO takes any key, and lets every handshake fail if it is another's. */
static gboolean
check_key (const char *certificate_file, const char *key_file, GError **error)
{
  gnutls_certificate_credentials_t credentials;
  int result = gnutls_certificate_allocate_credentials (&credentials);

  if (result >= 0) {
    result = gnutls_certificate_set_x509_key_file (credentials,
                                                   certificate_file,
                                                   key_file,
                                                   GNUTLS_X509_FMT_PEM);
    gnutls_certificate_free_credentials (credentials);
  }
  if (result >= 0)
    return TRUE;

  g_set_error (error,
               G_TLS_ERROR,
               G_TLS_ERROR_BAD_CERTIFICATE,
               "%s: %s",
               key_file,
               gnutls_strerror (result));

  return FALSE;
}

/**
 * duo_server_certificate_load:
 * @certificate_file: a PEM file with the server's certificate and those between it and the root
 * @key_file: a PEM file with its private key
 * @error: return location for a #GTlsError or #GFileError, which names the file
 *
 * Loads a certificate and its key, and sees that they belong together.
 *
 * Returns: (transfer full): the certificate, or %NULL with @error set
 */
GTlsCertificate *
duo_server_certificate_load (const char *certificate_file, const char *key_file, GError **error)
{
  g_autoptr (GTlsCertificate) alone = NULL;
  GTlsCertificate *certificate;

  alone = g_tls_certificate_new_from_file (certificate_file, error);
  if (alone == NULL) {
    name_file (certificate_file, error);
    return NULL;
  }

  certificate = g_tls_certificate_new_from_files (certificate_file, key_file, error);
  if (certificate == NULL)
    name_file (key_file, error);
  else if (!check_key (certificate_file, key_file, error))
    g_clear_object (&certificate);

  return certificate;
}
